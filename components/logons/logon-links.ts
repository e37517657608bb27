import { eventsHref } from "@/components/events/events-href";
import type { Changes } from "@/components/lists/list-query";
import type { EventFilters } from "@/lib/domain/events/filters";
import type { LogonGroup, LogonRow } from "@/lib/domain/reports/logon-columns";
import type { LogonsQuery } from "@/lib/domain/reports/logons";
import type { ReportRange } from "@/lib/domain/reports/report-range";

/** The events that a row counts. */
export function logonEvidence(row: LogonRow, query: LogonsQuery, range: ReportRange): string {
  return eventsHref(row.companyId, range, {
    kinds: ["logon", "unlock", "remote_connect"],
    siteIds: query.site === undefined ? [] : [query.site],
    accountId: query.account ?? null,
    computerId: query.computer ?? null,
    search: query.q ?? "",
    ...ownFilter(row, query.group_by),
  });
}

function ownFilter({ id }: LogonRow, groupBy: LogonGroup): Partial<EventFilters> {
  switch (groupBy) {
    case "account":
      return { accountId: id };
    case "computer":
      return { computerId: id };
    case "site":
      return { siteIds: [id] };
  }
}

/** The changes of the address that show which computers are new to an account, and which accounts to a computer. */
export function newPairsOf({ id }: LogonRow, groupBy: LogonGroup): Changes {
  const sort = "-newComputers";
  switch (groupBy) {
    case "account":
      return { account: String(id), group_by: "computer", q: null, sort };
    case "computer":
      return { computer: String(id), group_by: null, q: null, sort };
    case "site":
      return { site: String(id), group_by: null, q: null, sort };
  }
}

/** The same for the list of the row's company, in the zone of the list in view: the company's own may be another. */
export function newPairsElsewhere(row: LogonRow, groupBy: LogonGroup, zone: string): Changes {
  return { ...newPairsOf(row, groupBy), tz: zone };
}
