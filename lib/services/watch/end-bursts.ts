import type { Transaction } from "@/db/client";
import { endBursts, listFailingSubjects, listOpenBursts } from "@/db/queries/notifications/watch-logons";
import type { CompanyWriteScope } from "@/db/scope";
import { BURST_WINDOW_MS } from "@/lib/domain/failures/burst-finder";

/** Ends the bursts told of whose account or address has not failed for ten minutes. */
export async function endBurstsOver(tx: Transaction, scope: CompanyWriteScope, now: number): Promise<void> {
  const open = await listOpenBursts(tx, scope);
  if (open.length === 0) return;
  const failing = await listFailingSubjects(tx, scope, new Date(now - BURST_WINDOW_MS));
  const over = open.filter((subject) => !failing.has(subject));
  await endBursts(tx, scope, over, new Date(now));
}
