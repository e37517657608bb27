import { sql } from "drizzle-orm";
import { database } from "../../client";

const NAME = "last seen";

/** Up to when last-seen times were checked against events, and the database's clock now. Null: never. */
export async function readLastSeenProgress(): Promise<{ until: Date | null; now: Date }> {
  const [row] = await database().execute<{ until: string | null; now: string }>(sql`
    select (select until from derivation_progress where name = ${NAME}) as until, now() as now`);
  return { until: row!.until === null ? null : new Date(row!.until), now: new Date(row!.now) };
}

/** Never goes back, but from the future, where a clock that was ahead has left it. */
export async function saveLastSeenProgress(until: Date): Promise<void> {
  await database().execute(sql`
    insert into derivation_progress (name, until) values (${NAME}, ${until.toISOString()})
    on conflict (name) do update set until = case when derivation_progress.until > now() then excluded.until
      else greatest(derivation_progress.until, excluded.until) end`);
}

/** The companies of which events were received since the instant, by id. */
export async function listCompaniesHeard(since: Date): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select distinct company_id as id from events where received_at >= ${since.toISOString()} order by 1`);
  return rows.map(({ id }) => id);
}
