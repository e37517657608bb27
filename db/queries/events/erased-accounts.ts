import type postgres from "postgres";
import { pgArray } from "../pg-array";

/** Thrown before anything is stored under an erased account. */
export class ErasedAccount extends Error {}

/**
 * Says what a trigger says elsewhere (assert_event_parents): a distributed table has only foreign keys, and an erased
 * account is still there. The keys hold the accounts now, so whoever erases one waits for this commit or has finished.
 */
export async function assertNoneErased(
  sql: postgres.ReservedSql,
  stored: Promise<unknown>,
  companies: readonly number[],
  accountIds: readonly number[],
): Promise<void> {
  const erased = sql`
    select id from accounts where company_id = any(${pgArray(companies)}::int[])
      and id = any(${pgArray([...new Set(accountIds)])}::int[]) and erased_at is not null limit 1`.execute();
  const [, found] = await Promise.all([stored, erased]);
  if (found.length > 0) throw new ErasedAccount("An event names an account that was erased.");
}
