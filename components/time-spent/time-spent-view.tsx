"use client";

import { CalendarCheck } from "lucide-react";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { namedChips } from "@/components/lists/named-chips";
import { cleared, NothingInRange } from "@/components/lists/nothing-in-range";
import { numberedPager } from "@/components/lists/pager";
import { siteFilterOf } from "@/components/lists/list-filters";
import { useListUrl, type ListUrl } from "@/components/lists/use-list-url";
import { Duration } from "@/components/time/duration";
import { ZoneLabel } from "@/components/time/zone-label";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PAYROLL_QUERY, type TimeSpentReportRow } from "@/lib/domain/reports/time-spent-columns";
import type { TimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import { timeSpentScreenColumns } from "./columns";
import { SpentSummary } from "./spent-summary";
import { TimeSpentToolbar } from "./time-spent-toolbar";

/** The parameters that hold the list to some rows; "Clear filters" takes these away and leaves the range. */
const CLEARING = cleared(["q", "site", "account", "computer"]);

interface TimeSpentViewProps {
  screen: Omit<TimeSpentScreen, "rows"> & { rows: TimeSpentReportRow[] };
  /** Epoch milliseconds. */
  readAt: number;
  companyRef: string;
  /** Given when several companies are in view. */
  companyNames?: Readonly<Record<number, string>>;
}

/** The Time Spent screen; the address says everything but which columns are shown. */
export function TimeSpentView({ screen, readAt, companyRef, companyNames }: TimeSpentViewProps) {
  const { query, zone, range, rows, totals } = screen;
  const url = useListUrl();
  const columns = useColumns(screen, companyRef, companyNames !== undefined, url);
  const siteFilter = siteFilterOf(screen.sites, companyNames);
  const siteName = siteFilter.choices.find(({ value }) => value === String(query.site))?.label ?? null;
  const { ignored, rowCount } = screen;
  return (
    <>
      <PageHeader
        title="Time spent"
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={
          <Button asChild variant="outline" size="sm">
            <Link
              href={`/${companyRef}/time-spent?${PAYROLL_QUERY}`}
              title="Last month: the total of each account"
            >
              <CalendarCheck aria-hidden />
              Payroll
            </Link>
          </Button>
        }
      />
      <Notice ignored={ignored} isBackwards={range === null} />
      <DataTable
        label="Time spent"
        storageKey="winauthmon.time-spent.columns"
        columns={columns}
        rows={rows}
        getRowId={rowId}
        isPending={url.isPending}
        sort={sortOf(query)}
        sortHref={({ columnId, direction }) =>
          url.href({ sort: `${direction === "desc" ? "-" : ""}${columnId}` })
        }
        toolbar={
          <TimeSpentToolbar url={url} query={query} zone={zone} range={range} siteFilter={siteFilter} />
        }
        filters={namedChips(url, query, { ...screen, siteName })}
        clearFiltersHref={url.href(CLEARING)}
        summary={
          rowCount > 0 && (
            <SpentSummary screen={screen} readAt={readAt} url={url} isManyCompanies={!!companyNames} />
          )
        }
        exportMenu={(ids) => (
          <TableMenus
            report="time-spent"
            companyRef={companyRef}
            query={exportQuery(url, ignored)}
            columns={ids}
          />
        )}
        count={{ total: rowCount, noun: ["row", "rows"] }}
        pager={numberedPager(screen, url)}
        totals={{
          userName: `All ${totals.accounts.toLocaleString("en")} accounts`,
          activeSeconds: <Duration seconds={totals.activeSeconds} className="tabular" />,
          lockedSeconds: <Duration seconds={totals.lockedSeconds} className="tabular" />,
          uncertainSeconds: <Duration seconds={totals.uncertainSeconds} className="tabular" />,
          sessions: <span className="tabular">{totals.sessions.toLocaleString("en")}</span>,
        }}
        empty={
          <NothingInRange
            url={url}
            clearing={CLEARING}
            filteredTitle="Nobody matches these filters"
            title="Nobody was seen in this time"
            description="There are events, but no logon, lock or logoff of this time. Look at a longer one."
          />
        }
      />
    </>
  );
}

function rowId(row: TimeSpentReportRow): string {
  return `${row.date ?? ""}-${row.accountId}-${row.computerId ?? ""}`;
}

function sortOf({ sort, per }: TimeSpentScreen["query"]) {
  const isDescending = sort.startsWith("-");
  const columnId = isDescending ? sort.slice(1) : sort;
  // Totals have no date; in the usual order they stand by account.
  if (per === "range" && columnId === "date") return { columnId: "userName", direction: "asc" } as const;
  return { columnId, direction: isDescending ? ("desc" as const) : ("asc" as const) };
}

function useColumns(
  { query, zone }: Pick<TimeSpentScreen, "query" | "zone">,
  companyRef: string,
  isManyCompanies: boolean,
  url: ListUrl,
) {
  const { per, group_by } = query;
  const address = url.href({});
  return useMemo(() => {
    const search = new URLSearchParams(address.split("?")[1] ?? "");
    for (const name of ["q", "account", "sort", "per"]) search.delete(name);
    const dayHref = (row: TimeSpentReportRow) =>
      `/${companyRef}/time-spent/${row.accountId}/${row.date}${search.size > 0 ? `?${search}` : ""}`;
    const accountHref = (row: TimeSpentReportRow) => {
      const params = new URLSearchParams(search);
      params.set("account", String(row.accountId));
      return `/${companyRef}/time-spent?${params}`;
    };
    return timeSpentScreenColumns({
      zone,
      isPerDay: per === "day",
      isPerComputer: group_by === "user_computer",
      isManyCompanies,
      hrefOf: per === "day" ? dayHref : accountHref,
    });
  }, [zone, per, group_by, companyRef, isManyCompanies, address]);
}

function exportQuery(url: ListUrl, ignored: readonly string[]): string {
  const params = new URLSearchParams(url.href({}).split("?")[1] ?? "");
  for (const name of ignored) params.delete(name);
  return params.toString();
}

function Notice({ ignored, isBackwards }: { ignored: readonly string[]; isBackwards: boolean }) {
  if (ignored.length === 0 && !isBackwards) return null;
  return (
    <Alert>
      <AlertDescription className="wrap-anywhere">
        {isBackwards
          ? "The range of this address ends before it begins. Choose another."
          : `Part of the address was not understood and is left out: ${ignored.join(", ")}`}
      </AlertDescription>
    </Alert>
  );
}
