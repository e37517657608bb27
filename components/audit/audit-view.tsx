"use client";

import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { ListTable } from "@/components/lists/list-table";
import { PageHeader } from "@/components/layout/page-header";
import { ExportMenu } from "@/components/exports/export-menu";
import { ListDates } from "@/components/lists/list-dates";
import { filterChipsOf, ListToolbar, unknownId, type ListFilter } from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { NameLink } from "@/components/lists/name-link";
import { useListUrl } from "@/components/lists/use-list-url";
import { ExactTime } from "@/components/time/exact-time";
import { ZoneLabel } from "@/components/time/zone-label";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { LongText } from "@/components/ui/long-text";
import { AUDIT_AREAS, AUDIT_OUTCOMES } from "@/lib/domain/audit-areas";
import type { AuditLine } from "@/lib/server/audit-lines";
import { AuditDetail } from "./audit-detail";

interface AuditViewProps {
  entries: AuditLine[];
  count: { total: number; isCapped: boolean };
  nextBefore: number | null;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  exportPath: string;
  /** In words. */
  title: string;
  /** Given when the whole trail is in view. */
  companies?: readonly { id: number; name: string }[];
}

const OUTCOME_VARIANT: Record<string, BadgeProps["variant"]> = {
  success: "success",
  failure: "warning",
  denied: "destructive",
};

type AuditTexts = ReturnType<typeof useTranslations<"audit">>;

function companyText(t: AuditTexts, { company }: AuditLine): string {
  return company === null ? "–" : (company.name ?? t("deletedCompany", { id: String(company.id) }));
}

/** Leads to the company's dashboard; a deleted one has none. */
function CompanyCell({ entry }: { entry: AuditLine }) {
  const t = useTranslations("audit");
  const { company } = entry;
  if (!company?.name) return companyText(t, entry);
  return <NameLink href={`/${company.id}/dashboard`} name={company.name} isBeside />;
}

function TargetCell({ entry: { targetName, target, targetHref } }: { entry: AuditLine }) {
  const name = targetName ?? target ?? "–";
  return targetHref === null ? (
    <LongText text={name} className="md:max-w-40" />
  ) : (
    <NameLink href={targetHref} name={name} isBeside className="md:max-w-40" />
  );
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

function columnsIn(t: AuditTexts, zone: string, hasCompanies: boolean): DataTableColumn<AuditLine>[] {
  const company = {
    id: "company",
    header: t("company"),
    cell: (entry: AuditLine) => <CompanyCell entry={entry} />,
  };
  return [
    ...(hasCompanies ? [company] : []),
    {
      id: "time",
      header: t("time"),
      isIdentity: true,
      cell: ({ at }) => <ExactTime at={at} zone={zone} className={hasCompanies ? "list-time" : undefined} />,
    },
    { id: "actor", header: t("actor"), cell: ({ actorName }) => <LongText text={actorName ?? "–"} /> },
    {
      id: "action",
      header: t("action"),
      className: "md:min-w-40",
      cell: ({ actionText }) => actionText,
    },
    {
      id: "target",
      header: t("targetName"),
      cell: (entry) => <TargetCell entry={entry} />,
    },
    {
      id: "change",
      header: t("changes"),
      className: "md:min-w-56",
      cell: ({ changeText }) => <ChangeText text={changeText || "–"} />,
    },
    {
      id: "outcome",
      header: t("outcome"),
      cell: ({ outcome, outcomeText }) => (
        <Badge variant={OUTCOME_VARIANT[outcome] ?? "outline"}>{outcomeText}</Badge>
      ),
    },
    // In the whole trail there is no room for it; the details show it.
    {
      id: "address",
      header: t("address"),
      isHiddenAtFirst: hasCompanies,
      cell: ({ address }) => address ?? "–",
    },
    { id: "seq", header: t("number"), align: "end", isHiddenAtFirst: true, cell: ({ seq }) => seq },
  ];
}

function filtersOf(t: AuditTexts, companies: AuditViewProps["companies"]): ListFilter[] {
  const company = companies && {
    name: "company",
    label: t("company"),
    choices: companies.map(({ id, name }) => ({ value: String(id), label: name })),
    other: unknownId,
  };
  return [
    {
      name: "area",
      label: t("area"),
      choices: AUDIT_AREAS.map((value) => ({ value, label: t(`areas.${value}`) })),
    },
    {
      name: "outcome",
      label: t("outcome"),
      choices: AUDIT_OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) })),
    },
    ...(company ? [company] : []),
  ];
}

/** Who did what and when: the whole trail, or one company's. */
export function AuditView(props: AuditViewProps) {
  const { entries, count, nextBefore, zone, readAt, exportPath, title, companies } = props;
  const t = useTranslations("audit");
  const url = useListUrl();
  const query = useSearchParams().toString();
  const columns = useMemo(() => columnsIn(t, zone, companies !== undefined), [t, zone, companies]);
  const filters = useMemo(() => filtersOf(t, companies), [t, companies]);
  const isFiltered = filterChipsOf(url, filters).length > 0;
  return (
    <>
      <PageHeader title={title} description={<ZoneLabel zone={zone} at={readAt} />} />
      <ListTable
        url={url}
        label={title}
        name="audit"
        columns={columns}
        rows={entries}
        getRowId={({ seq }) => String(seq)}
        sort={{ columnId: "time", direction: "desc" }}
        toolbar={
          <ListToolbar url={url} label={t("search")} filters={filters}>
            <ListDates url={url} />
          </ListToolbar>
        }
        exportMenu={() => <ExportMenu path={exportPath} query={query} />}
        filters={filterChipsOf(url, filters)}
        count={{ ...count, noun: [t("entry"), t("entries")] }}
        pager={cursorPager(url, nextBefore === null ? null : String(nextBefore), { isByTime: true })}
        detail={{
          title: ({ actionText }) => actionText,
          description: ({ actorName }) =>
            actorName === null ? t("byUnknown") : t("by", { name: actorName }),
          render: (entry) => <AuditDetail entry={entry} zone={zone} company={companyText(t, entry)} />,
        }}
        empty={
          <NothingYet
            isFiltered={isFiltered}
            icon={ScrollText}
            title={t("empty")}
            description={t("emptyNote")}
          />
        }
      />
    </>
  );
}
