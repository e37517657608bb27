import type { Transaction } from "@/db/client";
import { NO_CONDITIONS } from "@/db/queries/events/event-match";
import { USUAL_EFFORT } from "@/db/queries/events/effort";
import { findNamed } from "@/db/queries/events/match-names";
import {
  endBursts,
  findCommonSite,
  listFailingSubjects,
  listToldBursts,
  type ToldBurst,
} from "@/db/queries/notifications/watch-logons";
import { streamFailures } from "@/db/queries/reports/failure-stream";
import type { CompanyWriteScope } from "@/db/scope";
import { BurstFinder, BURST_WINDOW_MS, type Burst } from "@/lib/domain/failures/burst-finder";
import { notify } from "../notifications/notify";

/** Spans of time in which to look for bursts, flat and apart from one another; epoch milliseconds. */
type Spans = readonly number[];

/**
 * Tells of bursts that lie in the spans and were not told yet, and ends those that go on no more; gives how many were
 * told. A burst that was over before it arrived is told and ended at once.
 */
export async function tellBursts(
  tx: Transaction,
  scope: CompanyWriteScope,
  spans: Spans,
  now: number,
): Promise<number> {
  const bursts = await findBursts(tx, scope, spans);
  const oldest = bursts.reduce((least, { from }) => Math.min(least, from), now);
  const told = await listToldBursts(tx, scope, new Date(oldest - 1));
  let count = 0;
  for (const burst of bursts) {
    if (told.some((one) => isSameRun(one, burst))) continue;
    count += await notify(tx, scope, "logon.burst", await paramsOf(tx, scope, burst));
    const endsAt = burst.to + BURST_WINDOW_MS;
    if (endsAt < now) await endBursts(tx, scope, [subjectOf(burst)], new Date(endsAt));
  }
  await endThoseOver(tx, scope, now);
  return count;
}

async function findBursts(tx: Transaction, scope: CompanyWriteScope, spans: Spans): Promise<Burst[]> {
  const finder = new BurstFinder();
  for (let index = 0; index < spans.length; index += 2) {
    const range = { from: spans[index]!, to: spans[index + 1]! };
    const match = { ...NO_CONDITIONS, ...range, companyIds: scope.companyIds, effort: USUAL_EFFORT };
    for await (const failures of streamFailures(tx, match)) {
      for (const failure of failures) finder.accept(failure);
    }
  }
  // Oldest first, as they are told.
  return finder.finish().reverse();
}

/** As the kind spells it. */
function subjectOf({ kind, accountId, address }: Burst): string {
  return kind === "account" ? `account:${accountId}` : `address:${address}`;
}

/** What was told is the same run when the two overlap: of a long one only the last part is looked at. */
function isSameRun({ subject, params, endedAt }: ToldBurst, burst: Burst): boolean {
  const from = Date.parse(String(params.from));
  return subject === subjectOf(burst) && from <= burst.to && (endedAt === null || endedAt >= burst.from);
}

async function paramsOf(
  tx: Transaction,
  scope: CompanyWriteScope,
  burst: Burst,
): Promise<Record<string, unknown>> {
  const site = await findCommonSite(tx, scope, burst);
  const [account] = burst.accountId === null ? [] : await findNamed(tx, scope, "accounts", [burst.accountId]);
  return {
    ...(account && { account: { id: account.id, name: account.name } }),
    ...(site && { site: { id: site.id, name: site.name } }),
    address: burst.address,
    failures: burst.failures,
    accounts: burst.accountIds.length,
    from: new Date(burst.from).toISOString(),
    since: new Date(burst.since).toISOString(),
  };
}

async function endThoseOver(tx: Transaction, scope: CompanyWriteScope, now: number): Promise<void> {
  const open = (await listToldBursts(tx, scope, new Date(now))).filter(({ endedAt }) => endedAt === null);
  if (open.length === 0) return;
  const failing = await listFailingSubjects(tx, scope, new Date(now - BURST_WINDOW_MS));
  const over = open.map(({ subject }) => subject).filter((subject) => !failing.has(subject));
  await endBursts(tx, scope, over, new Date(now));
}
