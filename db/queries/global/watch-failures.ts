import { sql } from "drizzle-orm";
import { FAILURE_KINDS } from "@/lib/domain/events/kinds";
import { database } from "../../client";
import { kindSql } from "../kind-sql";

/** The database's clock, epoch milliseconds, which also stamps what is received. */
export async function databaseNow(): Promise<number> {
  const [row] = await database().execute<{ at: number }>(
    sql`select (extract(epoch from now()) * 1000)::float8 as at`,
  );
  return row!.at;
}

/** Ten minutes of a company within which failures or lockouts happened; epoch milliseconds. */
export interface FailureSlot {
  companyId: number;
  from: number;
}

/** Where what was received since the instant lies in time, of every company; what happened before `notBefore` is left out. */
export async function listFailureSlots(receivedSince: Date, notBefore: Date): Promise<FailureSlot[]> {
  const rows = await database().execute<{ company_id: number; at: number }>(sql`
    select c.id as company_id, (extract(epoch from slot.at) * 1000)::float8 as at
    from app_auth_companies c cross join lateral (
      select distinct date_bin('10 minutes', e.occurred_at, timestamptz '2000-01-01 00:00Z') as at
      from events e where e.company_id = c.id and ${kindSql("e.kind", FAILURE_KINDS)}
        and e.received_at > ${receivedSince.toISOString()} and e.occurred_at > ${notBefore.toISOString()}
    ) slot order by 1, 2`);
  return rows.map((row) => ({ companyId: row.company_id, from: row.at }));
}

/** Companies with a burst that goes on or ended after the instant. */
export async function listBurstCompanies(endedAfter: Date): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select c.id from app_auth_companies c where exists (
      select from notifications n where n.company_id = c.id and n.kind = 'logon.burst'
        and (n.ended_at is null or n.ended_at > ${endedAfter.toISOString()}))
    order by 1`);
  return rows.map(({ id }) => id);
}
