"use client";

import { Building2, Plus, SearchX } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { PageHeader } from "@/components/layout/page-header";
import { filterChipsOf, ListSearch } from "@/components/lists/list-filters";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { EventAge } from "@/components/time/event-age";
import { RelativeTime } from "@/components/time/relative-time";
import { EmptyState } from "@/components/ui/empty-state";
import type { CompanySummary } from "@/lib/services/companies/read-companies";

interface CompaniesViewProps {
  companies: CompanySummary[];
  found: number;
  nextCursor: string | null;
  zone: string;
  addAction: FormAction<{ id: number }>;
}

const count = (number: number) => number.toLocaleString("en");

function columnsIn(zone: string): DataTableColumn<CompanySummary>[] {
  return [
    {
      id: "name",
      header: "Company",
      isIdentity: true,
      cell: ({ id, name }) => (
        <Link href={`/admin/companies/${id}`} className="font-medium text-link hover:underline">
          {name}
        </Link>
      ),
    },
    { id: "description", header: "Description", cell: ({ description }) => description ?? "–" },
    { id: "events", header: "Events", align: "end", cell: ({ eventCount }) => count(eventCount) },
    {
      id: "users",
      header: "Users",
      align: "end",
      cell: ({ id, name, userCount }) => (
        <Link
          href={`/${id}/members`}
          aria-label={`Users of ${name}: ${userCount}`}
          className="text-link hover:underline"
        >
          {count(userCount)}
        </Link>
      ),
    },
    {
      id: "sites",
      header: "Sites",
      align: "end",
      cell: ({ id, name, siteCount }) => (
        <Link
          href={`/${id}/sites`}
          aria-label={`Sites of ${name}: ${siteCount}`}
          className="text-link hover:underline"
        >
          {count(siteCount)}
        </Link>
      ),
    },
    {
      id: "last",
      header: "Last event",
      cell: ({ lastEventAt }) => (lastEventAt === null ? "Never" : <EventAge at={lastEventAt} zone={zone} />),
    },
    {
      id: "zone",
      header: "Time zone",
      isHiddenAtFirst: true,
      cell: ({ timeZone }) => timeZone ?? "The portal's",
    },
    {
      id: "created",
      header: "Created",
      isHiddenAtFirst: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} zone={zone} />,
    },
  ];
}

/** Every company with what it holds. */
export function CompaniesView({ companies, found, nextCursor, zone, addAction }: CompaniesViewProps) {
  const url = useListUrl();
  const columns = useMemo(() => columnsIn(zone), [zone]);
  return (
    <>
      <PageHeader
        title="Companies"
        description="Each company sees its own events, sites and users, and nothing of another's."
        actions={<AddCompany addAction={addAction} />}
      />
      <DataTable
        label="Companies"
        storageKey="winauthmon.companies.columns"
        columns={columns}
        rows={companies}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "name", direction: "asc" }}
        isPending={url.isPending}
        toolbar={<ListSearch url={url} label="Search name or description" />}
        filters={filterChipsOf(url, [])}
        clearFiltersHref={url.pathname}
        count={{ total: found, noun: ["company", "companies"] }}
        pager={cursorPager(url, nextCursor)}
        empty={
          url.get("q") ? (
            <EmptyState
              icon={SearchX}
              title="No company matches"
              description="Try another part of its name."
            />
          ) : (
            <EmptyState
              icon={Building2}
              title="No company yet"
              description="A company gets its first site and an API key at once."
              actions={<AddCompany addAction={addAction} />}
            />
          )
        }
      />
    </>
  );
}

function AddCompany({ addAction }: Pick<CompaniesViewProps, "addAction">) {
  const router = useRouter();
  return (
    <DialogButton
      variant="default"
      label={
        <>
          <Plus aria-hidden />
          Add company
        </>
      }
      opensBy="add"
      title="Add a company"
      description="It begins with a site named HO and an API key for it, which you find under Sites."
      action={addAction}
      submitLabel="Add company"
      done="Company added"
      onDone={(result) => result && router.push(`/${result.id}/sites`)}
    >
      {(errors) => (
        <>
          <TextField name="name" label="Name" errors={errors} maxLength={100} isRequired />
          <TextField name="description" label="Description" errors={errors} maxLength={200} />
        </>
      )}
    </DialogButton>
  );
}
