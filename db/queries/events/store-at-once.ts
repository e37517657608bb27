import type postgres from "postgres";
import {
  countingSql,
  holdsLate,
  lateSql,
  newestSql,
  notingSql,
  presentingSql,
  sentSql,
  storingSql,
  type SentEvent,
} from "./event-statements";
import type { TenantRows } from "./tenant-rows";

/** What the statement tells: ids in storing order, and whose they are when not every row was new. */
interface Outcome {
  ids: string | null;
  /** `company/fingerprint` of each id; null when every row was stored. */
  keys: string | null;
}

/**
 * Stores events in storing order, with the counts and presence they change, and commits: one statement, sent together
 * with the commit. Gives the ids, null for an event that was there already.
 */
export async function storeAtOnce(
  sql: postgres.ReservedSql,
  sent: readonly SentEvent[],
  tenants: TenantRows,
): Promise<(number | null)[]> {
  const [from, stored] = [tenants.from, sql`stored`];
  const noted = holdsLate(sent)
    ? sql`, late as materialized (${lateSql(sql, stored)}), noted as (${notingSql(sql, from(sql`late`))})`
    : sql``;
  const told = sql<[Outcome]>`
    with sent as (${sentSql(sql, sent)}),
    stored as (
      ${storingSql(sql, from(sql`sent`))}
      returning company_id, id, fingerprint, site_id, account_id, computer_id, kind, occurred_at
    ),
    counted as (${countingSql(sql, from(stored))}),
    newest as (${newestSql(sql, stored)}),
    present as (${presentingSql(sql, from(sql`newest`))})${noted}
    select string_agg(id::text, ',' order by id) as ids,
      case when count(*) < ${sent.length}::int
        then (select string_agg(company_id || '/' || replace(fingerprint::text, '-', ''), ',' order by id) from stored)
      end as keys
    from stored`.execute();
  const [[outcome]] = await Promise.all([told, sql.unsafe("commit").execute()]);
  return idsOf(sent, outcome);
}

function idsOf(sent: readonly SentEvent[], { ids, keys }: Outcome): (number | null)[] {
  const storedIds = ids?.split(",").map(Number) ?? [];
  // Ids are given out in storing order, so without duplicates they are parallel to the rows.
  if (keys === null) return storedIds;
  const unclaimed = new Map(keys.split(",").map((key, index) => [key, storedIds[index]!]));
  return sent.map(({ companyId, fingerprint }) => claim(unclaimed, `${companyId}/${fingerprint}`));
}

/** The first of several alike takes the row; the others are its duplicates. */
function claim(unclaimed: Map<string, number>, key: string): number | null {
  const id = unclaimed.get(key);
  unclaimed.delete(key);
  return id ?? null;
}
