import type { Transaction } from "@/db/client";
import { USUAL_EFFORT, type Effort } from "@/db/queries/events/effort";
import type { EventMatch } from "@/db/queries/events/event-match";
import { findNamed, matchNames } from "@/db/queries/events/match-names";
import { listStatedReasons } from "@/db/queries/reports/failures";
import type { CompanyScope } from "@/db/scope";
import type { ResolvedRange } from "@/lib/domain/events/event-range";
import type { EventFilters } from "@/lib/domain/events/filters";
import { FAILURE_KINDS, KIND_CODE, type EventKind } from "@/lib/domain/events/kinds";
import { reasonName, reasonText } from "@/lib/domain/failure-reasons";
import { inEnglish } from "@/lib/english";
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
  const { address, reason } = filters;
  const isOfFailures = address !== "" || reason !== "";
  const match: EventMatch = {
    companyIds: scope.companyIds,
    ...range,
    kinds: kindCodes(filters.kinds, isOfFailures),
    sites,
    account,
    computer,
    names,
    failed: isOfFailures ? { address: address || null, reasons: null } : null,
    isClockSkewed: null,
    effort,
  };
  if (reason === "") return match;
  const reasons = (await listStatedReasons(tx, match)).filter(({ kind, status, subStatus }) => {
    const name = reasonName(kind === KIND_CODE.lockout, status, subStatus);
    return name === reason || inEnglish(reasonText(name)) === reason;
  });
  return { ...match, failed: { address: address || null, reasons } };
}

/** Only failures come from an address and for a reason. */
function kindCodes(kinds: readonly EventKind[], isOfFailures: boolean): number[] | null {
  if (!isOfFailures) return kinds.length > 0 ? kinds.map((kind) => KIND_CODE[kind]) : null;
  const failures = [...FAILURE_KINDS].filter((kind) => kinds.length === 0 || kinds.includes(kind));
  return failures.map((kind) => KIND_CODE[kind]);
}
