import { eq, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { users } from "../../schema/users";

/** Stores a user's own time zone (IANA, null follows company and portal), theme and language (null follows the browser). */
export async function storePreferences(
  tx: Transaction,
  userId: number,
  preferences: { timeZone?: string | null; theme?: string | null; language?: string | null },
): Promise<void> {
  await tx.update(users).set(preferences).where(eq(users.id, userId));
}

/** Of a row of users: the language of the first of their companies that has one. */
export const companyLanguage = sql<string | null>`(
  select company.language from app_auth_user_companies member
    join app_auth_companies company on company.id = member.company_id
  where member.user_id = app_auth_users.id and company.language is not null
  order by company.id limit 1)`;

/** The language of a user's companies, for users who chose none. */
export async function findCompanyLanguage(userId: number): Promise<string | null> {
  const [row] = await database()
    .select({ language: companyLanguage })
    .from(users)
    .where(eq(users.id, userId));
  return row?.language ?? null;
}
