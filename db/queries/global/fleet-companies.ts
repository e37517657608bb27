import { sql } from "drizzle-orm";
import { database } from "../../client";

/** Companies with a computer that was seen since the instant, by id. */
export async function listFleetCompanies(since: Date): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select id from app_auth_companies co where exists (
      select from computers c where c.company_id = co.id and c.last_seen_at > ${since.toISOString()}) order by id`);
  return rows.map(({ id }) => id);
}
