import { eventsHref } from "@/components/events/events-href";
import type { EventFilters } from "@/lib/domain/events/filters";
import type { FailureBurstRow, SuccessAfter } from "@/lib/domain/reports/failure-bursts";
import type { FailureGroup, FailureRow } from "@/lib/domain/reports/failure-columns";
import type { FailuresQuery } from "@/lib/domain/reports/failures";
import type { ReportRange } from "@/lib/domain/reports/report-range";

const FAILURES = ["logon_failed", "lockout"] as const;

/** The events that a row counts. */
export function rowEvidence(row: FailureRow, query: FailuresQuery, range: ReportRange): string {
  return eventsHref(row.companyId, range, {
    kinds: FAILURES,
    siteIds: query.site === undefined ? [] : [query.site],
    accountId: query.account ?? null,
    computerId: query.computer ?? null,
    search: query.q ?? "",
    address: query.address ?? "",
    reason: query.reason ?? "",
    ...ownFilter(row, query.group_by),
  });
}

function ownFilter({ id, name, reason }: FailureRow, groupBy: FailureGroup): Partial<EventFilters> {
  switch (groupBy) {
    case "account":
      return { accountId: id };
    case "computer":
      return { computerId: id };
    case "address":
      return { address: name ?? "-" };
    case "reason":
      return { reason: reason ?? "" };
  }
}

/** The failures of a burst. */
export function burstEvidence({ companyId, kind, accountId, address, from, to }: FailureBurstRow): string {
  return eventsHref(
    companyId,
    { from, to: to + 1 },
    kind === "account" ? { kinds: FAILURES, accountId } : { kinds: ["logon_failed"], address: address ?? "" },
  );
}

/** The success after a burst, alone or nearly so. */
export function successEvidence(
  companyId: number,
  { at, kind, accountId, computerId }: SuccessAfter,
): string {
  return eventsHref(companyId, { from: at, to: at + 1 }, { kinds: [kind], accountId, computerId });
}
