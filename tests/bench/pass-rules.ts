import type { RawSql } from "@/db/client";

/** What is filled in past the ingest is no news: else rules would check millions of old events while a bench measures. */
export async function passRules(sql: RawSql): Promise<void> {
  const [newest] = await sql<{ id: string }[]>`select coalesce(max(id), 0) as id from events`;
  const id = newest!.id;
  await sql`update detection_clock set settled_id = ${id}, candidate_id = ${id}, candidate_xmax = null`;
  await sql`update detection_cursors set through_id = ${id}, target_id = ${id} where through_id < ${id}`;
}
