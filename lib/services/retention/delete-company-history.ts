import {
  deleteForgotten,
  deleteOldDerivedRows,
  deleteOldEvents,
  listForgotten,
  type Forgotten,
  type ParentTable,
} from "@/db/queries/retention/delete-events";
import { deleteOldBatch, OLD_ALERTS } from "@/db/queries/retention/delete-old-batch";
import { forgetNameIds } from "@/db/queries/events/names";
import { readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { isForeignKeyViolation } from "@/lib/errors";
import { inBatches } from "./batch-pace";
import { forgetPresence } from "./forget-presence";

export interface DeletedHistory {
  events: number;
  accounts: number;
  computers: number;
}

const EVENT_ROWS = { first: 500, least: 50, most: 5_000 };
const DERIVED_ROWS = { first: 500, least: 100, most: 5_000 };
const ALERT_ROWS = { first: 500, least: 100, most: 5_000 };
const PARENT_ROWS = { first: 50, least: 20, most: 200 };

/**
 * Deletes a company's events before the instant (a full quarter of an hour), the counts, presence and alerts made of them,
 * and the accounts and computers that nothing has been heard of since and no event names any more.
 */
export async function deleteCompanyHistory(
  scope: CompanyWriteScope,
  before: Date,
  signal: AbortSignal,
): Promise<DeletedHistory> {
  let from: Date | null = null;
  const events = await inBatches(signal, EVENT_ROWS, async (limit) => {
    const { deleted, reached } = await writeWithin(scope, (tx) =>
      deleteOldEvents(tx, scope, { from, before, limit }),
    );
    from = reached ?? from;
    return deleted;
  });
  await inBatches(signal, DERIVED_ROWS, (limit) =>
    writeWithin(scope, (tx) => deleteOldDerivedRows(tx, scope, before, limit)),
  );
  await inBatches(signal, ALERT_ROWS, (limit) =>
    writeWithin(scope, (tx) => deleteOldBatch(tx, scope, OLD_ALERTS, before, limit)),
  );
  await forgetPresence(scope, before, signal);
  const accounts = await deleteUnseen(scope, "accounts", { before }, signal);
  const computers = await deleteUnseen(scope, "computers", { before }, signal);
  if (accounts + computers > 0) forgetNameIds();
  return { events, accounts, computers };
}

/** Deletes accounts or computers that are forgotten and no event names; gives how many. */
export async function deleteUnseen(
  scope: CompanyWriteScope,
  table: ParentTable,
  forgotten: Forgotten,
  signal: AbortSignal,
): Promise<number> {
  let afterId = 0;
  let deleted = 0;
  await inBatches(signal, PARENT_ROWS, async (limit) => {
    const ids = await readWithin(scope, (tx) =>
      listForgotten(tx, scope, table, { ...forgotten, afterId, limit }),
    );
    if (ids.length === 0) return 0;
    afterId = ids.at(-1)!;
    deleted += await writeWithin(scope, (tx) =>
      deleteForgotten(tx, scope, table, { ...forgotten, ids }),
    ).catch((error: unknown) => {
      // An event of that very moment names one of them: they are looked at again tomorrow.
      if (isForeignKeyViolation(error)) return 0;
      throw error;
    });
    return ids.length;
  });
  return deleted;
}
