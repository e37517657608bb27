import { and, desc, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { mailMessages } from "../../schema/mail";
import { users } from "../../schema/users";
import { companyLanguage } from "../users/preferences";

export type MailRow = typeof mailMessages.$inferSelect;
export type NewMailRow = Pick<
  typeof mailMessages.$inferInsert,
  "messageId" | "kind" | "userId" | "address" | "params" | "expiresAt"
>;

export async function insertMail(tx: Transaction, row: NewMailRow): Promise<number> {
  const [made] = await tx.insert(mailMessages).values(row).returning({ id: mailMessages.id });
  return made!.id;
}

export async function findMail(id: number): Promise<MailRow | null> {
  const [row] = await database().select().from(mailMessages).where(eq(mailMessages.id, id));
  return row ?? null;
}

/** How the newest mail of a kind to a user fares; null when there is none any more. */
export async function findNewestMail(
  userId: number,
  kind: string,
): Promise<Pick<MailRow, "state" | "lastNote"> | null> {
  const [row] = await database()
    .select({ state: mailMessages.state, lastNote: mailMessages.lastNote })
    .from(mailMessages)
    .where(and(eq(mailMessages.userId, userId), eq(mailMessages.kind, kind)))
    .orderBy(desc(mailMessages.id))
    .limit(1);
  return row ?? null;
}

export async function updateMail(
  tx: Transaction,
  id: number,
  change: Partial<typeof mailMessages.$inferInsert>,
): Promise<void> {
  await tx.update(mailMessages).set(change).where(eq(mailMessages.id, id));
}

export async function deleteMail(tx: Transaction, id: number): Promise<void> {
  await tx.delete(mailMessages).where(eq(mailMessages.id, id));
}

/** What a mail to a user begins from. */
export interface MailUser {
  id: number;
  username: string;
  email: string;
  isActive: boolean;
  timeZone: string | null;
  /** The user's own, else that of the first company that has one. */
  language: string | null;
  invitedUntil: Date | null;
}

const userColumns = {
  id: users.id,
  username: users.username,
  email: users.email,
  isActive: users.isActive,
  timeZone: users.timeZone,
  language: sql<string | null>`coalesce(${users.language}, ${companyLanguage})`,
  invitedUntil: users.invitedUntil,
};

export async function findMailUser(tx: Transaction, userId: number): Promise<MailUser | null> {
  const [row] = await tx.select(userColumns).from(users).where(eq(users.id, userId));
  return row ?? null;
}

/** By any spelling of the address. */
export async function findUserByAddress(tx: Transaction, address: string): Promise<MailUser | null> {
  const [row] = await tx
    .select(userColumns)
    .from(users)
    .where(sql`login_key(${users.email}) = login_key(${address}::text)`);
  return row ?? null;
}

/** Deletes up to `limit` mails made before the instant; gives how many. */
export async function deleteOldMails(before: Date, limit: number): Promise<number> {
  const rows = await database().execute(sql`
    delete from mail_messages where id in (
      select id from mail_messages where created_at < ${before.toISOString()} order by created_at limit ${limit})
    returning 1`);
  return rows.length;
}
