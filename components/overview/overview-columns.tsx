"use client";

import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import type { DataTableColumn } from "@/components/data-table/column";
import { Badge } from "@/components/ui/badge";
import { DEFAULT_REQUEST, formatEventsRequest } from "@/lib/domain/events/filters";
import { FAILURE_KINDS, type EventKind } from "@/lib/domain/events/kinds";
import type { CompanyFigures } from "@/lib/domain/reports/companies";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { Count, Hours, type ComingHours } from "./figure";

export interface OverviewRow extends CompanyFigures {
  hours: ComingHours;
}

const numbers = new Intl.NumberFormat("en");

/** The ids are those of the read API; `rangeQuery` is the range's part of the address, which the links keep. */
export function overviewColumns(range: ReportRange, rangeQuery: string): DataTableColumn<OverviewRow>[] {
  return [
    {
      id: "companyName",
      header: "Company",
      firstSort: "asc",
      isIdentity: true,
      cell: ({ companyId, companyName }) => (
        <Link href={`/${companyId}/dashboard`} className="font-medium text-link hover:underline">
          {companyName}
        </Link>
      ),
    },
    {
      id: "days",
      header: "Events a day",
      exportIds: [],
      cell: (row) => <Sparkline label={sparkWords(row.days)} values={row.days} />,
    },
    {
      id: "activeAccounts",
      header: "Active accounts",
      exportIds: ["activeAccounts", "previousActiveAccounts"],
      align: "end",
      firstSort: "desc",
      cell: ({ companyId, activeAccounts }) => (
        <Count value={activeAccounts} wrap={linked(`/${companyId}/accounts?sort=-lastSeen`)} />
      ),
    },
    {
      id: "activeSeconds",
      header: "Time spent",
      exportIds: ["activeSeconds", "previousActiveSeconds"],
      align: "end",
      firstSort: "desc",
      cell: ({ companyId, hours }) => (
        <Hours hours={hours} wrap={linked(`/${companyId}/time-spent?${rangeQuery}`)} />
      ),
    },
    {
      id: "events",
      header: "Events",
      exportIds: ["events", "previousEvents"],
      align: "end",
      firstSort: "desc",
      cell: ({ companyId, events }) => (
        <Count value={events} wrap={linked(eventsHref(companyId, range, []))} />
      ),
    },
    {
      id: "failures",
      header: "Failures",
      exportIds: ["failures", "previousFailures"],
      align: "end",
      firstSort: "desc",
      cell: ({ companyId, failures }) => (
        <Count
          value={failures}
          isWorseWhenMore
          wrap={linked(eventsHref(companyId, range, [...FAILURE_KINDS]))}
        />
      ),
    },
    {
      id: "silentSites",
      header: "Silent sites",
      exportIds: ["silentSites", "sites"],
      align: "end",
      firstSort: "desc",
      cell: (row) => <SilentSites row={row} />,
    },
  ];
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

function SilentSites({ row: { companyId, silentSites, sites } }: { row: OverviewRow }) {
  if (silentSites === 0) return <span className="text-muted-foreground">none of {sites}</span>;
  return (
    <Link href={`/${companyId}/computers?health=silent`} className="hover:underline">
      <Badge variant="warning">
        {silentSites} of {sites}
      </Badge>
    </Link>
  );
}

/** What the line shows, for those who do not see it. */
function sparkWords(days: readonly number[]): string {
  const most = Math.max(...days);
  return `Events a day over ${days.length} days, from ${numbers.format(Math.min(...days))} to ${numbers.format(most)}`;
}
