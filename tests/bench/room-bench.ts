import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase, connect, type RawSql } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { runMigrations } from "@/db/migrate";
import { refreshPresence } from "@/db/queries/events/refresh-derived";
import { fillIndexes } from "@/lib/services/upkeep/fill-indexes";
import { operatorScope, writeWithin } from "@/db/scope";
import { limitFigure, plainFigure, tableOf, type Figure } from "./figures";
import { fillCompany } from "./fill-company";

/** Bytes an event may take, all in. */
const TARGET = 250;
/** A company of this size sends about a million events in 30 days. */
const ACCOUNTS = 1_000;
const COMPUTERS = 600;
const SITES = 8;
const ROWS_PER_DAY = 1_000_000 / 30;

const FULL = [1_000_000, 5_000_000];
const QUICK = [200_000];

/**
 * Measures the room that events take on disk: the table, each index, and what is kept beside them. The events are of
 * one company of 1,000 accounts and as the original's agents send them; `EventId` and the like come on top. Told twice:
 * as the events were stored, and after the nightly job that fills half-empty pages. Numbers say how many events.
 */
export async function benchRoom(options: readonly string[]): Promise<void> {
  const isQuick = options.includes("--quick");
  const asked = options.map(Number).filter((rows) => rows > 0);
  const sizes = asked.length > 0 ? asked : isQuick ? QUICK : FULL;
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-bench-"));
  const embedded = await startEmbeddedPostgres({ dataDir: path.join(folder, "data") });
  process.env.DATABASE_URL = embedded.url;
  const sql = connect(embedded.url, { max: 1 });
  try {
    await runMigrations(embedded.url);
    for (const rows of sizes) {
      const figures = await measureRoom(sql, rows);
      console.log(`\n${tableOf(figures)}\n`);
    }
  } finally {
    await closeDatabase();
    await sql.end();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  if (sizes === QUICK) console.log("Quick run: fewer rows than the target is meant for.\n");
}

async function measureRoom(sql: RawSql, rows: number): Promise<Figure[]> {
  await sql.unsafe("truncate events, event_counts, presence, accounts, computers restart identity cascade");
  const { companyId } = await fillCompany(
    sql,
    {
      name: `Room ${rows}`,
      rows,
      days: Math.ceil(rows / ROWS_PER_DAY),
      accounts: ACCOUNTS,
      activeAccounts: ACCOUNTS,
      computers: COMPUTERS,
      sites: SITES,
      until: Date.now(),
    },
    (done) => console.log(`filled ${done} of ${rows} rows`),
  );
  // Without statistics PostgreSQL would take minutes over who was where.
  await sql.unsafe("vacuum analyze events");
  const scope = operatorScope(companyId);
  await writeWithin(scope, (tx) => refreshPresence(tx, scope));
  await sql.unsafe("vacuum analyze event_counts, presence, accounts, computers");
  const stored = await listParts(sql);
  await fillIndexes(new AbortController().signal);
  const parts = await listParts(sql);
  const storedBytes = new Map(stored.map(({ name, bytes }) => [name, Number(bytes) / rows]));
  const million = `${(rows / 1e6).toLocaleString("en")} million events`;
  return [
    limitFigure(`room of ${million}, as stored, an event`, sumOf(stored) / rows, TARGET, "bytes"),
    limitFigure(`room of ${million}, all in, an event`, sumOf(parts) / rows, TARGET, "bytes"),
    ...parts.map(({ name, bytes }) =>
      plainFigure(
        `  ${name}`,
        `${(Number(bytes) / rows).toFixed(1)} bytes (${storedBytes.get(name)!.toFixed(1)} as stored)`,
      ),
    ),
  ];
}

function sumOf(parts: readonly { bytes: string }[]): number {
  return parts.reduce((sum, { bytes }) => sum + Number(bytes), 0);
}

/** What events take, largest first: the table and each index of it alone, everything beside it whole. */
async function listParts(sql: RawSql): Promise<{ name: string; bytes: string }[]> {
  return sql<{ name: string; bytes: string }[]>`
    select * from (
      select 'table events' as name, pg_table_size(oid) - coalesce(pg_total_relation_size(nullif(reltoastrelid, 0)), 0) as bytes
      from pg_class where oid = 'events'::regclass
      union all
      select 'TOAST of events', coalesce(pg_total_relation_size(nullif(reltoastrelid, 0)), 0)
      from pg_class where oid = 'events'::regclass
      union all
      select 'index ' || indexrelid::regclass, pg_total_relation_size(indexrelid)
      from pg_index where indrelid = 'events'::regclass
      union all
      select beside || ' and its indexes', pg_total_relation_size(beside::regclass)
      from unnest(array['event_counts', 'presence', 'accounts', 'computers']) beside
    ) parts order by bytes desc, name`;
}
