"use client";

import { Download, ScrollText } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { PageHeader } from "@/components/layout/page-header";
import {
  filterChipsOf,
  ListDates,
  ListSearch,
  ListSelects,
  type ListFilter,
} from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { NameLink } from "@/components/lists/name-link";
import { useListUrl } from "@/components/lists/use-list-url";
import { ExactTime } from "@/components/time/exact-time";
import { ZoneLabel } from "@/components/time/zone-label";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { LongText } from "@/components/ui/long-text";
import { AUDIT_AREAS, AUDIT_OUTCOMES, auditActionLabel, auditChangeText } from "@/lib/domain/audit-actions";
import type { AuditEntry } from "@/lib/services/audit/read-audit";
import { AuditDetail } from "./audit-detail";

interface AuditViewProps {
  entries: AuditEntry[];
  count: { total: number; isCapped: boolean };
  nextBefore: number | null;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  exportPath: string;
  /** Given when the whole trail is in view. */
  companies?: readonly { id: number; name: string }[];
}

const OUTCOME_VARIANT: Record<string, BadgeProps["variant"]> = {
  success: "success",
  failure: "warning",
  denied: "destructive",
};

function OutcomeBadge({ outcome }: { outcome: string }) {
  const label = AUDIT_OUTCOMES[outcome as keyof typeof AUDIT_OUTCOMES] ?? outcome;
  return <Badge variant={OUTCOME_VARIANT[outcome] ?? "outline"}>{label}</Badge>;
}

function companyText({ company }: AuditEntry): string {
  return company === null ? "–" : (company.name ?? `Deleted company ${company.id}`);
}

/** Leads to the company's dashboard; a deleted one has none. */
function CompanyCell({ entry }: { entry: AuditEntry }) {
  const { company } = entry;
  if (!company?.name) return companyText(entry);
  return <NameLink href={`/${company.id}/dashboard`} name={company.name} />;
}

/** Two lines in the table, the whole while its row has the focus. */
function ChangeText({ text }: { text: string }) {
  return (
    <bdi
      title={text}
      className="wrap-anywhere text-muted-foreground md:line-clamp-2 md:group-focus/row:line-clamp-none"
    >
      {text}
    </bdi>
  );
}

function columnsIn(zone: string, hasCompanies: boolean): DataTableColumn<AuditEntry>[] {
  const company = {
    id: "company",
    header: "Company",
    cell: (entry: AuditEntry) => <CompanyCell entry={entry} />,
  };
  return [
    ...(hasCompanies ? [company] : []),
    {
      id: "time",
      header: "Time",
      isIdentity: true,
      cell: ({ at }) => <ExactTime at={at} zone={zone} />,
    },
    { id: "actor", header: "Who", cell: ({ actorName }) => <LongText text={actorName ?? "–"} /> },
    {
      id: "action",
      header: "What",
      className: "md:min-w-40",
      cell: ({ action }) => auditActionLabel(action),
    },
    {
      id: "target",
      header: "On what",
      cell: ({ targetName, targetType, targetId }) => (
        <LongText
          text={targetName ?? (targetType ? `${targetType} ${targetId ?? ""}` : "–")}
          className="md:max-w-40"
        />
      ),
    },
    {
      id: "change",
      header: "What changed",
      // All the room that the others leave.
      className: "md:w-full md:min-w-56",
      cell: ({ before, after }) => <ChangeText text={auditChangeText(before, after) || "–"} />,
    },
    { id: "outcome", header: "Outcome", cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
    // In the whole trail there is no room for it; the details show it.
    {
      id: "address",
      header: "Address",
      isHiddenAtFirst: hasCompanies,
      cell: ({ address }) => address ?? "–",
    },
    { id: "seq", header: "Number", align: "end", isHiddenAtFirst: true, cell: ({ seq }) => seq },
  ];
}

function filtersOf(companies: AuditViewProps["companies"]): ListFilter[] {
  const entries = (labels: Record<string, string>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  const company = companies && {
    name: "company",
    label: "Company",
    choices: companies.map(({ id, name }) => ({ value: String(id), label: name })),
  };
  return [
    { name: "area", label: "Area", choices: entries(AUDIT_AREAS) },
    { name: "outcome", label: "Outcome", choices: entries(AUDIT_OUTCOMES) },
    ...(company ? [company] : []),
  ];
}

/** Who did what and when: the whole trail, or one company's. */
export function AuditView(props: AuditViewProps) {
  const { entries, count, nextBefore, zone, readAt, exportPath, companies } = props;
  const url = useListUrl();
  const query = useSearchParams().toString();
  const columns = useMemo(() => columnsIn(zone, companies !== undefined), [zone, companies]);
  const filters = useMemo(() => filtersOf(companies), [companies]);
  const isFiltered = filterChipsOf(url, filters).length > 0;
  return (
    <>
      <PageHeader
        title="Audit trail"
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={
          <Button asChild variant="outline" size="sm">
            <a href={query ? `${exportPath}?${query}` : exportPath} download>
              <Download aria-hidden />
              Export CSV
            </a>
          </Button>
        }
      />
      <DataTable
        label="Audit trail"
        storageKey="winauthmon.audit.columns"
        columns={columns}
        rows={entries}
        getRowId={({ seq }) => String(seq)}
        sort={{ columnId: "time", direction: "desc" }}
        isPending={url.isPending}
        toolbar={
          <>
            <ListSearch url={url} label="Search who, what or address" />
            <ListSelects url={url} filters={filters} />
            <ListDates url={url} />
          </>
        }
        filters={filterChipsOf(url, filters)}
        clearFiltersHref={url.pathname}
        count={{ ...count, noun: ["entry", "entries"] }}
        pager={cursorPager(url, nextBefore === null ? null : String(nextBefore), { isByTime: true })}
        detail={{
          title: ({ action }) => auditActionLabel(action),
          description: ({ actorName }) => `By ${actorName ?? "nobody known"}`,
          render: (entry) => <AuditDetail entry={entry} zone={zone} company={companyText(entry)} />,
        }}
        empty={
          <NothingYet
            isFiltered={isFiltered}
            icon={ScrollText}
            title="Nothing yet"
            description="Sign-ins and every change appear here, with who, when and from where."
          />
        }
      />
    </>
  );
}
