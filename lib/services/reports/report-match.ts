import type { Transaction } from "@/db/client";
import type { EventMatch } from "@/db/queries/events/event-match";
import type { CompanyScope } from "@/db/scope";
import { cleanSearch, NO_FILTERS } from "@/lib/domain/events/filters";
import type { EventKind } from "@/lib/domain/events/kinds";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { resolveMatch } from "../events/resolve-match";

/** What a report's query selects of the events of some kinds; an id of another company's selects nothing. */
export function resolveReportMatch(
  tx: Transaction,
  scope: CompanyScope,
  { query, range }: { query: ReportQuery & { address?: string; reason?: string }; range: ReportRange },
  kinds: readonly EventKind[],
): Promise<EventMatch> {
  const filters = {
    ...NO_FILTERS,
    kinds,
    siteIds: query.site === undefined ? [] : [query.site],
    accountId: query.account ?? null,
    computerId: query.computer ?? null,
    search: cleanSearch(query.q ?? ""),
    address: cleanSearch(query.address ?? ""),
    reason: cleanSearch(query.reason ?? ""),
  };
  return resolveMatch(tx, scope, filters, range);
}
