import { deriveNamesAnew, derivePresenceAnew, type DerivedBatch } from "@/db/queries/companies/derive-anew";
import { holdCursor, resetHabits } from "@/db/queries/detections/habits";
import { deleteEventMemories } from "@/db/queries/detections/memories";
import { forgetNameIds } from "@/db/queries/events/names";
import { deleteOldBatch, OLD_ALERTS } from "@/db/queries/retention/delete-old-batch";
import { forgetStored } from "@/db/queries/time-spent/write-stored";
import { writeWithin, type CompanyWriteScope } from "@/db/scope";
import type { Transaction } from "@/db/client";
import { inBatches } from "../retention/batch-pace";
import { deleteUnseen } from "../retention/delete-company-history";

/** Ingest waits for the rows of a batch, and a computer may have many events. */
const COMPUTERS = { first: 5, least: 1, most: 100 };
const NAMES = { first: 50, least: 5, most: 500 };
const ALERTS = { first: 500, least: 100, most: 5_000 };

type DeriveBatch = (tx: Transaction, scope: CompanyWriteScope, batch: DerivedBatch) => Promise<number[]>;

/**
 * Forgets what a company's deleted events from before the instant told: who was where, when accounts and computers were
 * first and last seen, stored time, accounts and computers of which nothing else has been heard, alerts that end before it,
 * and what rules remember, which learn habits again from the events that are left. So the same events may come again at
 * other times. Done twice, it changes nothing.
 */
export async function forgetPurged(scope: CompanyWriteScope, before: Date): Promise<void> {
  const never = new AbortController().signal;
  const inAll = async (limits: typeof NAMES, derive: DeriveBatch) => {
    let afterId = 0;
    await inBatches(never, limits, async (limit) => {
      const ids = await writeWithin(scope, (tx) => derive(tx, scope, { before, afterId, limit }));
      afterId = ids.at(-1) ?? afterId;
      return ids.length;
    });
  };
  await inAll(COMPUTERS, derivePresenceAnew);
  for (const table of ["accounts", "computers"] as const)
    await inAll(NAMES, (tx, company, batch) => deriveNamesAnew(tx, company, table, batch));
  await writeWithin(scope, (tx) => forgetStored(tx, scope));
  await forgetFindings(scope, before);
  // A health check tells of a computer, too, and may be newer than an instant that is not far ahead.
  const forgotten = { before, isHealthKept: true };
  const accounts = await deleteUnseen(scope, "accounts", forgotten, never);
  const computers = await deleteUnseen(scope, "computers", forgotten, never);
  if (accounts + computers > 0) forgetNameIds();
}

/** Memories go first: rules that follow events meanwhile would open an alert again from what they remember. */
async function forgetFindings(scope: CompanyWriteScope, before: Date): Promise<void> {
  await writeWithin(scope, async (tx) => {
    await holdCursor(tx, scope);
    await deleteEventMemories(tx, scope);
    await resetHabits(tx, scope);
  });
  await inBatches(new AbortController().signal, ALERTS, (limit) =>
    writeWithin(scope, (tx) => deleteOldBatch(tx, scope, OLD_ALERTS, before, limit)),
  );
}
