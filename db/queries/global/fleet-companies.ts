import { sql } from "drizzle-orm";
import { database } from "../../client";

/**
 * Companies with a computer whose silence may still be reported, by id: one that was seen within `minutes`, or within 25
 * hours more than what the company counts as silent.
 */
export async function listFleetCompanies(now: Date, minutes: number): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select t.company_id as id from tenants t join app_auth_companies co on co.id = t.company_id
    where exists (
      select 1 from computers c where c.company_id = t.company_id and c.last_seen_at
        > ${now.toISOString()}::timestamptz - make_interval(mins => greatest(co.silent_after_minutes + 1500, ${minutes}::int)))
    order by 1`);
  return rows.map(({ id }) => id);
}
