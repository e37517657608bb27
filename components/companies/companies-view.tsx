"use client";

import { formatNumber } from "@/components/ui/format-number";
import { Building2, Plus, SearchX } from "lucide-react";
import { TextLink } from "@/components/ui/text-link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { ListTable } from "@/components/lists/list-table";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { ExportMenu } from "@/components/exports/export-menu";
import { PageHeader } from "@/components/layout/page-header";
import { filterChipsOf, ListSearch } from "@/components/lists/list-filters";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { EventAge } from "@/components/time/event-age";
import { RelativeTime } from "@/components/time/relative-time";
import { EmptyState } from "@/components/ui/empty-state";
import { zoneWords } from "@/components/time/zone-choices";
import type { CompanySummary } from "@/lib/services/companies/read-companies";

interface CompaniesViewProps {
  companies: CompanySummary[];
  found: number;
  nextCursor: string | null;
  /** What the list is searched for; "" for nothing. */
  search: string;
  zone: string;
  addAction: FormAction<{ id: number }>;
}

const count = (number: number) => formatNumber(number);

type T = ReturnType<typeof useTranslations<"companies">>;

function columnsIn(t: T, zone: string): DataTableColumn<CompanySummary>[] {
  return [
    {
      id: "name",
      header: t("company"),
      isIdentity: true,
      cell: ({ id, name }) => (
        <TextLink href={`/admin/companies/${id}`} className="font-medium wrap-anywhere">
          {name}
        </TextLink>
      ),
    },
    { id: "description", header: t("companyDescription"), cell: ({ description }) => description ?? "–" },
    { id: "events", header: t("events"), align: "end", cell: ({ eventCount }) => count(eventCount) },
    {
      id: "users",
      header: t("users"),
      align: "end",
      cell: ({ id, name, userCount }) => (
        <TextLink href={`/${id}/members`} aria-label={t("usersOf", { company: name, count: userCount })}>
          {count(userCount)}
        </TextLink>
      ),
    },
    {
      id: "sites",
      header: t("sites"),
      align: "end",
      cell: ({ id, name, siteCount }) => (
        <TextLink href={`/${id}/sites`} aria-label={t("sitesOf", { company: name, count: siteCount })}>
          {count(siteCount)}
        </TextLink>
      ),
    },
    {
      id: "last",
      header: t("lastEvent"),
      cell: ({ lastEventAt }) =>
        lastEventAt === null ? t("never") : <EventAge at={lastEventAt} zone={zone} />,
    },
    {
      id: "zone",
      header: t("timeZone"),
      isHiddenAtFirst: true,
      cell: ({ timeZone }) => (timeZone === null ? t("portalDefault") : zoneWords(timeZone)),
    },
    {
      id: "created",
      header: t("created"),
      isHiddenAtFirst: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} zone={zone} />,
    },
  ];
}

/** Every company with what it holds. */
export function CompaniesView({ companies, found, nextCursor, search, zone, addAction }: CompaniesViewProps) {
  const t = useTranslations("companies");
  const url = useListUrl();
  const columns = useMemo(() => columnsIn(t, zone), [t, zone]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<AddCompany addAction={addAction} opensBy="add" />}
      />
      <ListTable
        url={url}
        label={t("title")}
        name="companies"
        columns={columns}
        rows={companies}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "name", direction: "asc" }}
        toolbar={<ListSearch url={url} label={t("search")} />}
        exportMenu={() => (
          <ExportMenu
            path="/admin/companies/export"
            query={new URLSearchParams(search && { q: search }).toString()}
          />
        )}
        filters={filterChipsOf(url, [])}
        count={{ total: found, noun: [t("oneCompany"), t("manyCompanies")] }}
        pager={cursorPager(url, nextCursor)}
        empty={
          url.get("q") ? (
            <EmptyState icon={SearchX} title={t("noMatch")} description={t("noMatchNote")} />
          ) : (
            <EmptyState
              icon={Building2}
              title={t("none")}
              description={t("noneNote")}
              actions={<AddCompany addAction={addAction} />}
            />
          )
        }
      />
    </>
  );
}

function AddCompany({ addAction, opensBy }: Pick<CompaniesViewProps, "addAction"> & { opensBy?: string }) {
  const t = useTranslations("companies");
  const router = useRouter();
  return (
    <DialogButton
      variant="default"
      icon={Plus}
      label={t("add")}
      opensBy={opensBy}
      title={t("addTitle")}
      description={t("addNote")}
      action={addAction}
      done={t("added")}
      onDone={(result, isHere) => result && isHere && router.push(`/${result.id}/sites`)}
    >
      {(errors) => (
        <>
          <TextField name="name" label={t("name")} errors={errors} maxLength={100} isRequired />
          <TextField name="description" label={t("companyDescription")} errors={errors} maxLength={200} />
        </>
      )}
    </DialogButton>
  );
}
