import { TransactionRollbackError } from "drizzle-orm";
import { database, type Transaction } from "./client";

/** Runs the work in a transaction that is undone, and gives its result: what would come of it. */
export async function rehearse<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  try {
    await database().transaction(async (tx) => {
      result = { value: await work(tx) };
      tx.rollback();
    });
  } catch (error) {
    if (!(error instanceof TransactionRollbackError) || !result) throw error;
  }
  return result!.value;
}
