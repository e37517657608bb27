import type postgres from "postgres";
import { pgArray } from "../pg-array";
import { assertNoneErased } from "./erased-accounts";
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
import type { Fragment, TenantRows } from "./tenant-rows";

const SETTINGS = [
  // One connection to each node is kept; more would be opened anew for each commit, and take part in it.
  "citus.max_adaptive_executor_pool_size = 1",
  // Nodes expect too few of the rows sent, and would look each up among the companies of the shard.
  "enable_nestloop = off",
];

/**
 * Does what storeAtOnce does on a Citus cluster, as several statements that each node runs on its shards: of a single one
 * Citus brings the outcome of each part to the coordinator and from there to all nodes again. A commit of 64 companies
 * took three times as long that way.
 */
export async function storeSpread(
  sql: postgres.ReservedSql,
  sent: readonly SentEvent[],
  tenants: TenantRows,
): Promise<(number | null)[]> {
  const ids = await takeIds(sql, sent.length);
  const set = SETTINGS.map((setting) => sql.unsafe(`set local ${setting}`).execute());
  const storing = storingSql(sql, tenants.from(sql`(${sentSql(sql, sent, ids)})`), sql`id,`);
  const stored = sql<{ id: string }[]>`${storing} returning id`.execute();
  const [rows] = await Promise.all([stored, assertNoneErased(sql, sent, tenants), ...set]);
  const found = new Set(rows.map(({ id }) => Number(id)));
  const numbered = sent.map((row, index) => ({ ...row, id: ids[index]! }));
  await tellAndCommit(
    sql,
    numbered.filter(({ id }) => found.has(id)),
    tenants,
  );
  return ids.map((id) => (found.has(id) ? id : null));
}

/** Ids for rows of any node come from the coordinator's sequence. */
async function takeIds(sql: postgres.ReservedSql, count: number): Promise<number[]> {
  // Who takes an id has a transaction number, as the detection clock waits for it.
  const taken = await sql<{ id: string }[]>`
    select nextval('events_id_seq') as id from generate_series(1, ${count}::int) where pg_current_xact_id() is not null`;
  return taken.map(({ id }) => Number(id));
}

/** Keeps what follows from stored events, and commits. */
async function tellAndCommit(
  sql: postgres.ReservedSql,
  rows: readonly (SentEvent & { id: number })[],
  tenants: TenantRows,
): Promise<void> {
  const told: Fragment[] = [];
  if (rows.length > 0) {
    const stored = storedSql(sql, rows);
    const newest = newestSql(sql, sql`${stored} stored`);
    told.push(countingSql(sql, tenants.from(stored)), presentingSql(sql, tenants.from(sql`(${newest})`)));
    const late = holdsLate(rows) ? await takeLate(sql, stored) : [];
    if (late.length > 0) told.push(notingSql(sql, tenants.from(notesSql(sql, late))));
  }
  await Promise.all([...told, sql.unsafe("commit")].map((statement) => statement.execute()));
}

/** What later statements ask of stored events, as a relation. */
function storedSql(sql: postgres.ReservedSql, rows: readonly (SentEvent & { id: number })[]): Fragment {
  return sql`(
    select *, to_timestamp(at / 1000.0) as occurred_at from unnest(
      ${pgArray(rows.map(({ companyId }) => companyId))}::int[],
      ${pgArray(rows.map(({ id }) => id))}::bigint[],
      ${pgArray(rows.map(({ siteId }) => siteId))}::int[],
      ${pgArray(rows.map(({ accountId }) => accountId))}::int[],
      ${pgArray(rows.map(({ computerId }) => computerId))}::int[],
      ${pgArray(rows.map(({ event }) => event.kindCode))}::smallint[],
      ${pgArray(rows.map(({ event }) => event.occurredAt))}::float8[]
    ) as sent (company_id, id, site_id, account_id, computer_id, kind, at)
  )`;
}

interface LateNote {
  company_id: number;
  id: string;
  computer_id: number;
  at: string;
}

/** The notes of late events; their ids come from the coordinator's sequence as well. */
function takeLate(sql: postgres.ReservedSql, stored: Fragment) {
  return sql<LateNote[]>`
    select company_id, id, computer_id, at::text from (${lateSql(sql, sql`${stored} stored`)}) late`;
}

function notesSql(sql: postgres.ReservedSql, late: readonly LateNote[]): Fragment {
  return sql`(
    select * from unnest(
      ${pgArray(late.map((note) => note.company_id))}::int[],
      ${pgArray(late.map((note) => note.id))}::bigint[],
      ${pgArray(late.map((note) => note.computer_id))}::int[],
      ${pgArray(late.map((note) => note.at))}::timestamptz[]
    ) as late (company_id, id, computer_id, at)
  )`;
}
