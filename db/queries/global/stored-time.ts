import { sql } from "drizzle-orm";
import { database } from "../../client";

/**
 * Companies with days before `until` that are not stored, with some stored through later than `believed`, or with events
 * that arrived late; by id.
 */
export async function listCompaniesToStore(until: Date, believed: Date): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select t.company_id as id from tenants t left join time_spent_progress p on p.company_id = t.company_id
    where p.through_at is null or p.through_at < ${until.toISOString()} or p.through_at > ${believed.toISOString()}
      or exists (select 1 from time_spent_late l where l.company_id = t.company_id)
    order by 1`);
  return rows.map(({ id }) => id);
}
