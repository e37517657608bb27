import { and, eq, gt, lt, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { pendingRegistrations } from "../../schema/mail";

export type PendingRegistration = typeof pendingRegistrations.$inferSelect;

export async function insertPendingRegistration(
  tx: Transaction,
  row: typeof pendingRegistrations.$inferInsert,
): Promise<void> {
  await tx.insert(pendingRegistrations).values(row);
}

/** null when the link is unknown, used or over. */
export async function findPendingRegistration(tokenDigest: string): Promise<PendingRegistration | null> {
  const [row] = await database()
    .select()
    .from(pendingRegistrations)
    .where(
      and(eq(pendingRegistrations.tokenDigest, tokenDigest), gt(pendingRegistrations.expiresAt, sql`now()`)),
    );
  return row ?? null;
}

/** Takes away every pending registration of an address, however spelled; false when there was none any more. */
export async function deletePendingOf(tx: Transaction, email: string): Promise<boolean> {
  const rows = await tx
    .delete(pendingRegistrations)
    .where(sql`login_key(${pendingRegistrations.email}) = login_key(${email}::text)`)
    .returning({ email: pendingRegistrations.email });
  return rows.length > 0;
}

/** Deletes those that are over; gives how many. */
export async function deleteExpiredRegistrations(): Promise<number> {
  const rows = await database()
    .delete(pendingRegistrations)
    .where(lt(pendingRegistrations.expiresAt, sql`now()`))
    .returning({ email: pendingRegistrations.email });
  return rows.length;
}
