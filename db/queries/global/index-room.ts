import { connect, type RawSql } from "../../client";
import type { IndexColumn } from "@/lib/domain/operations/index-room";

/** Tables whose indexes grow in the middle: each account and computer has its own place in them. */
const TABLES = ["events", "event_counts"];

export interface IndexRoom {
  name: string;
  bytes: number;
  /** As PostgreSQL estimates them. */
  rows: number;
  columns: IndexColumn[];
}

/** A connection of its own for what takes minutes and can stand in no transaction. */
export function openUpkeep(): RawSql {
  return connect(process.env.DATABASE_URL!, {
    max: 1,
    max_lifetime: null,
    connection: { application_name: "winauthmon job", statement_timeout: 0 },
  });
}

/** The B-trees of the events whose entries are all of one width, largest first. */
export async function listIndexRoom(sql: RawSql): Promise<IndexRoom[]> {
  const rows = await sql<(Omit<IndexRoom, "bytes"> & { bytes: string })[]>`
    select c.relname as name, pg_relation_size(c.oid) as bytes, greatest(c.reltuples, 0)::float8 as rows,
      a.columns
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_am m on m.oid = c.relam and m.amname = 'btree'
    cross join lateral (
      select min(attlen) as narrowest, json_agg(json_build_object('bytes', attlen, 'alignment',
        case attalign when 'c' then 1 when 's' then 2 when 'i' then 4 else 8 end) order by attnum) as columns
      from pg_attribute where attrelid = c.oid
    ) a
    where i.indrelid in (select to_regclass(name) from unnest(${TABLES}::text[]) name)
      and i.indisvalid and a.narrowest > 0
    order by 2 desc, 1`;
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}

/** Undoes what rebuilds that were broken off have left behind. Gives how many unfinished indexes that were. */
export async function mendBrokenRebuilds(sql: RawSql): Promise<number> {
  const broken = await sql<{ name: string }[]>`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid in (select to_regclass(name) from unnest(${TABLES}::text[]) name)
      and not i.indisvalid and c.relname ~ '_cc(new|old)\d*$'`;
  for (const { name } of broken) await sql`drop index concurrently if exists ${sql(name)}`;
  const packed = await sql<{ name: string }[]>`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid in (select to_regclass(name) from unnest(${TABLES}::text[]) name)
      and array_to_string(c.reloptions, ',') like '%fillfactor%'`;
  for (const { name } of packed) await sql`alter index ${sql(name)} reset (fillfactor)`;
  return broken.length;
}

/**
 * Writes an index anew while events are stored and read; gives its bytes then. Broken off by the signal it leaves what
 * {@link mendBrokenRebuilds} takes away.
 *
 * Pages of what is past hardly change, so no room is left in them; new ones keep a tenth for events that come late.
 */
export async function rebuildIndex(sql: RawSql, name: string, signal: AbortSignal): Promise<number> {
  await sql`alter index ${sql(name)} set (fillfactor = 100)`;
  const rebuilt = sql`reindex index concurrently ${sql(name)}`.execute();
  const cancel = () => rebuilt.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    await rebuilt;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
  await sql`alter index ${sql(name)} reset (fillfactor)`;
  const [row] = await sql<{ bytes: string }[]>`select pg_relation_size(to_regclass(${name})) as bytes`;
  return Number(row!.bytes);
}
