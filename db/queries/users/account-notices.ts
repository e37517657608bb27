import { and, asc, eq, inArray } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { accountNotices } from "../../schema/users";

export type AccountNoticeRow = typeof accountNotices.$inferSelect;

/** Notes for a user that another person changed their account. */
export async function insertAccountNotice(
  tx: Transaction,
  notice: { userId: number; action: string; actorName: string | null },
): Promise<void> {
  await tx.insert(accountNotices).values(notice);
}

/** What a user has not dismissed yet, the oldest first. */
export async function findAccountNotices(userId: number, limit: number): Promise<AccountNoticeRow[]> {
  return database()
    .select()
    .from(accountNotices)
    .where(eq(accountNotices.userId, userId))
    .orderBy(asc(accountNotices.id))
    .limit(limit);
}

/** Removes notices of this user; ids of other users' notices are ignored. */
export async function deleteAccountNotices(
  tx: Transaction,
  userId: number,
  ids: readonly number[],
): Promise<void> {
  await tx
    .delete(accountNotices)
    .where(and(eq(accountNotices.userId, userId), inArray(accountNotices.id, [...ids])));
}
