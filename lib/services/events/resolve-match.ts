import type { Transaction } from "@/db/client";
import { USUAL_EFFORT, type Effort } from "@/db/queries/events/effort";
import type { EventMatch } from "@/db/queries/events/event-match";
import { findNamed, matchNames } from "@/db/queries/events/match-names";
import type { CompanyScope } from "@/db/scope";
import type { ResolvedRange } from "@/lib/domain/events/event-range";
import type { EventFilters } from "@/lib/domain/events/filters";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { nameKey } from "@/lib/domain/events/wire";

/**
 * Turns filters into what the queries look for, within the scope: an id of another company's is of nothing, so that
 * such a filter finds no events rather than all.
 */
export async function resolveMatch(
  tx: Transaction,
  scope: CompanyScope,
  filters: EventFilters,
  range: ResolvedRange,
  effort: Effort = USUAL_EFFORT,
): Promise<EventMatch> {
  const { siteIds, accountId, computerId, search } = filters;
  const [sites, account, computer, names] = await Promise.all([
    siteIds.length > 0 ? findNamed(tx, scope, "sites", siteIds) : null,
    accountId !== null ? findNamed(tx, scope, "accounts", [accountId]) : null,
    computerId !== null ? findNamed(tx, scope, "computers", [computerId]) : null,
    search !== "" ? matchNames(tx, scope, nameKey(search), effort.listedNames) : null,
  ]);
  const kinds = filters.kinds.length > 0 ? filters.kinds.map((kind) => KIND_CODE[kind]) : null;
  return { companyIds: scope.companyIds, ...range, kinds, sites, account, computer, names, effort };
}
