import type postgres from "postgres";
import { pgArray } from "../pg-array";
import type { SentEvent } from "./event-statements";
import type { TenantRows } from "./tenant-rows";

/** Thrown before anything is stored under an erased account. */
export class ErasedAccount extends Error {}

/**
 * Says what a trigger says elsewhere (assert_event_parents): a distributed table has only foreign keys, and an erased
 * account is still there. To be asked after the events are stored: the keys hold the accounts then, so an erasure waits
 * for this commit or has finished.
 */
export async function assertNoneErased(
  sql: postgres.ReservedSql,
  sent: readonly SentEvent[],
  tenants: TenantRows,
): Promise<void> {
  const accounts = pgArray([...new Set(sent.map(({ accountId }) => accountId))]);
  const erased = await sql`
    select id from accounts
    where id = any(${accounts}::int[]) and erased_at is not null ${tenants.within("company_id")} limit 1`;
  if (erased.length > 0) throw new ErasedAccount("An event names an account that was erased.");
}
