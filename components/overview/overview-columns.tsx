"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import type { DataTableColumn } from "@/components/data-table/column";
import { screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { Badge } from "@/components/ui/badge";
import { DEFAULT_REQUEST, formatEventsRequest } from "@/lib/domain/events/filters";
import { FAILURE_KINDS, type EventKind } from "@/lib/domain/events/kinds";
import { COMPANY_COLUMNS, previousIdOf, type CompanyFigures } from "@/lib/domain/reports/company-columns";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { activeAccountsList, silentSitesHref, timeSpentList } from "@/lib/domain/tile-lists";
import { Count, Hours, type ComingHours } from "./figure";

export interface OverviewRow extends CompanyFigures {
  hours: ComingHours;
}

interface OverviewColumnsAsk {
  range: ReportRange;
  /** The range and zone that the links say, as `overviewRange` gives them. */
  rangeQuery: string;
  companyRef: string;
  /** The companies whose sites the reader may open. */
  sitesOf: readonly number[];
}

/** The list's columns; each figure leads to what it counts. */
export function overviewColumns(ask: OverviewColumnsAsk): DataTableColumn<OverviewRow>[] {
  const { range, rangeQuery } = ask;
  const [company, ...figures] = screenColumns<OverviewRow>(COMPANY_COLUMNS, "UTC", {
    companyName: {
      isIdentity: true,
      cell: ({ companyId, companyName }) => (
        <NameLink href={`/${companyId}/dashboard`} name={companyName} className="font-medium" />
      ),
    },
    ...compared("activeAccounts", ({ companyId, activeAccounts }) => (
      <Count value={activeAccounts} wrap={linked(`/${companyId}/${activeAccountsList(rangeQuery)}`)} />
    )),
    ...compared("activeSeconds", ({ companyId, hours }) => (
      <Hours hours={hours} wrap={linked(`/${companyId}/${timeSpentList(rangeQuery)}`)} />
    )),
    ...compared("events", ({ companyId, events }) => (
      <Count value={events} wrap={linked(eventsHref(companyId, range, []))} />
    )),
    ...compared("failures", ({ companyId, failures }) => (
      <Count
        value={failures}
        isWorseWhenMore
        wrap={linked(eventsHref(companyId, range, [...FAILURE_KINDS]))}
      />
    )),
    sites: null,
    silentSites: { exportIds: ["silentSites", "sites"], cell: (row) => <SilentSites row={row} {...ask} /> },
  });
  return [company!, DAYS, ...figures];
}

const DAYS: DataTableColumn<OverviewRow> = {
  id: "days",
  header: { key: "overview.eventsPerDay" },
  exportIds: [],
  cell: (row) => <DaysLine days={row.days} />,
};

/** A figure that shows the one before it as well. */
function compared(id: string, cell: (row: OverviewRow) => ReactNode) {
  return { [id]: { exportIds: [id, previousIdOf(id)], cell }, [previousIdOf(id)]: null };
}

function eventsHref(companyId: number, range: ReportRange, kinds: EventKind[]): string {
  const filters = { ...DEFAULT_REQUEST.filters, range, kinds };
  return `/${companyId}/events?${formatEventsRequest({ ...DEFAULT_REQUEST, filters })}`;
}

function linked(href: string) {
  return (shown: ReactNode) => (
    <Link href={href} className="hover:underline">
      {shown}
    </Link>
  );
}

type SilentSitesProps = { row: OverviewRow } & Pick<OverviewColumnsAsk, "companyRef" | "sitesOf">;

function SilentSites({ row: { companyId, silentSites, sites }, companyRef, sitesOf }: SilentSitesProps) {
  const t = useTranslations("overview");
  if (silentSites === 0)
    return <span className="text-muted-foreground">{t("noneOf", { total: sites })}</span>;
  return (
    <Link
      href={silentSitesHref(companyRef, sitesOf.includes(companyId), companyId)}
      className="hover:underline"
    >
      <Badge variant="warning">{t("silentOf", { silent: silentSites, total: sites })}</Badge>
    </Link>
  );
}

/** The line, and what it shows for those who do not see it. */
function DaysLine({ days }: { days: readonly number[] | null }) {
  const t = useTranslations("overview");
  if (days === null) return <span className="text-muted-foreground">{t("tooManyDays")}</span>;
  const label = t("chart", { days: days.length, least: Math.min(...days), most: Math.max(...days) });
  return <Sparkline label={label} values={days} />;
}
