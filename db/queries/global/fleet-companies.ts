import { sql } from "drizzle-orm";
import { database } from "../../client";

/** Companies with a computer that was seen since the instant, by id. */
export async function listFleetCompanies(since: Date): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select t.company_id as id from tenants t where exists (
      select 1 from computers c where c.company_id = t.company_id and c.last_seen_at > ${since.toISOString()}) order by 1`);
  return rows.map(({ id }) => id);
}
