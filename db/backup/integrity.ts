import type { AnySql } from "./tables";
import { quarterText } from "../queries/quarter";

/** Rows of a table; -1 when a newer release has no such table any more. */
export async function countRows(sql: AnySql, table: string): Promise<number> {
  const [known] = await sql<{ found: boolean }[]>`select to_regclass(${`"${table}"`}) is not null as found`;
  if (!known!.found) return -1;
  const [row] = await sql<{ count: string }[]>`select count(*) as count from ${sql(table)}`;
  return Number(row!.count);
}

/** What the database must never contain: orphaned events, and counts that differ from the events. */
export async function listIntegrityProblems(sql: AnySql): Promise<string[]> {
  const [row] = await sql<{ orphans: number; wrongCounts: number; unchecked: number }[]>`
    select
      (select count(*)::int from events e
        left join sites s on s.company_id = e.company_id and s.id = e.site_id
        left join accounts a on a.company_id = e.company_id and a.id = e.account_id
        left join computers c on c.company_id = e.company_id and c.id = e.computer_id
        where s.id is null or a.id is null or c.id is null) as orphans,
      (select count(*)::int from (
          select company_id, ${sql.unsafe(quarterText("occurred_at"))} as bucket_at,
            site_id, kind, count(*) as count from events group by 1, 2, 3, 4) e
        full join (select * from event_counts where count <> 0) c using (company_id, bucket_at, site_id, kind)
        where e.count is distinct from c.count) as "wrongCounts",
      (select count(*)::int from pg_constraint
        where contype = 'f' and not convalidated and connamespace = current_schema()::regnamespace) as unchecked`;
  const { orphans, wrongCounts, unchecked } = row!;
  return [
    ...(orphans > 0 ? [`${orphans} events belong to a site, account or computer that does not exist.`] : []),
    ...(wrongCounts > 0
      ? [
          `${wrongCounts} counts of a quarter of an hour are not those of its events. Before a backup, ` +
            "`npm run admin -- recount` corrects them.",
        ]
      : []),
    ...(unchecked > 0 ? [`${unchecked} foreign keys are not checked.`] : []),
  ];
}
