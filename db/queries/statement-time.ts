import { sql } from "drizzle-orm";
import type { Transaction } from "../client";

/** Ends every later statement of the transaction that takes longer; it throws then (isStatementTimeout). */
export async function limitStatementTime(tx: Transaction, milliseconds: number): Promise<void> {
  await tx.execute(sql.raw(`set local statement_timeout = ${Math.ceil(milliseconds)}`));
}
