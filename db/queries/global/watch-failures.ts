import { sql } from "drizzle-orm";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { database } from "../../client";

/** The database's clock, epoch milliseconds, which also stamps what is received. */
export async function databaseNow(): Promise<number> {
  const [row] = await database().execute<{ at: number }>(
    sql`select (extract(epoch from now()) * 1000)::float8 as at`,
  );
  return row!.at;
}

/** Companies with a lockout received since the instant; what happened before `notBefore` is left out. */
export async function listLockoutCompanies(receivedSince: Date, notBefore: Date): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select t.company_id as id from tenants t where exists (
      select 1 from events e where e.company_id = t.company_id and e.kind = ${KIND_CODE.lockout}
        and e.received_at > ${receivedSince.toISOString()} and e.occurred_at > ${notBefore.toISOString()})
    order by 1`);
  return rows.map(({ id }) => id);
}

/** Companies with a burst that goes on. */
export async function listBurstCompanies(): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select c.id from app_auth_companies c where exists (
      select from notifications n where n.company_id = c.id and n.kind = 'logon.burst' and n.ended_at is null)
    order by 1`);
  return rows.map(({ id }) => id);
}
