import { sql, type AnyColumn, type SQL } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { users } from "../../schema/users";

/** Whether a username or e-mail address is the same as the text for the unique indexes: case and composition aside. */
export function hasLogin(column: AnyColumn, text: string): SQL<boolean> {
  return sql<boolean>`login_key(${column}) = login_key(${text}::text)`;
}

/** The users that a login may mean. Sort by `byUsernameFirst`: a username goes before an address. */
export function matchesLogin(login: string): SQL<boolean> {
  return sql<boolean>`(${hasLogin(users.username, login)} or ${hasLogin(users.email, login)})`;
}

export function byUsernameFirst(login: string): SQL {
  return sql`${hasLogin(users.username, login)} desc`;
}

/** The one key that all spellings of a username or e-mail address share. */
export async function loginKeyOf(login: string, tx: Transaction = database()): Promise<string> {
  const [row] = await tx.execute<{ key: string }>(sql`select login_key(${login}::text) as key`);
  return row!.key;
}
