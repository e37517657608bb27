import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { connect, type RawSql } from "@/db/client";
import { packIpv4 } from "@/lib/domain/events/ipv4";
import type { LoadOutcome } from "./load-messages";
import { summarise } from "./load-run";
import {
  ACCOUNT_COUNT,
  COMPUTER_COUNT,
  ONE_COMPANY,
  PUBLIC_IP,
  sampleEvent,
  type Spread,
} from "./sample-events";

const run = promisify(execFile);

/** The table the floors write to: columns, defaults and indexes of `events`, and nothing else of it. */
const TABLE = "bench_floor_events";
const COLUMNS =
  "company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, occurred_at, fingerprint, event_type, local_ipv4, public_ipv4";

/** Makes the floor's table anew, empty. */
export async function resetFloorTable(sql: RawSql): Promise<void> {
  await sql.unsafe(`drop table if exists ${TABLE}`);
  await sql.unsafe(`create table ${TABLE} (like events including all)`);
}

/**
 * Single-row committed inserts a second by `clients` of PostgreSQL's own pgbench with prepared statements;
 * null when pgbench is not installed.
 */
export async function pgbenchInserts(
  url: string,
  folder: string,
  clients: number,
  rows: number,
): Promise<number | null> {
  const script = path.join(folder, "single-row.sql");
  await writeFile(
    script,
    `\\set account random(1, ${ACCOUNT_COUNT})\n\\set computer random(1, ${COMPUTER_COUNT})\n` +
      `insert into ${TABLE} (${COLUMNS}) values (1, 1, :account, :computer, 2, false, 0, clock_timestamp(), ` +
      `gen_random_uuid(), 'Unlock', ${packIpv4("10.0.17.170")}, ${packIpv4(PUBLIC_IP)});\n`,
  );
  const perClient = String(Math.ceil(rows / clients));
  const args = ["-n", "-M", "prepared", "-c", String(clients), "-j", "2", "-t", perClient, "-f", script, url];
  try {
    const { stdout } = await run("pgbench", args);
    return Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return null;
    throw error;
  } finally {
    await rm(script, { force: true });
  }
}

type Insert = (number: number) => Promise<unknown>;

/** One prepared insert of the `number`th sample event, over `clients` connections of the raw driver. */
async function withDriver<T>(
  url: string,
  clients: number,
  rows: number,
  work: (insert: Insert) => Promise<T>,
  spread: Spread = ONE_COMPANY,
): Promise<T> {
  const sql = connect(url, { max: clients });
  const since = Date.now();
  const insert = (number: number) => {
    const event = sampleEvent(number, since, spread);
    const company = (number % spread.companies) + 1;
    return sql`insert into bench_floor_events (company_id, site_id, account_id, computer_id, kind, is_clock_skewed,
      retry, occurred_at, fingerprint, event_type, local_ipv4, public_ipv4)
      values (${company}, 1, ${event.account}, ${event.computer}, ${event.kind}, false, 0,
      to_timestamp(${event.at}::float8 / 1000), gen_random_uuid(), ${event.eventType}, ${packIpv4(event.localIp)}, ${packIpv4(PUBLIC_IP)})`;
  };
  try {
    await Promise.all(Array.from({ length: clients }, (_, i) => insert(rows + i)));
    return await work(insert);
  } finally {
    await sql.end();
  }
}

/** The same from Node: `clients` connections, each with one insert under way. */
export function driverInserts(url: string, clients: number, rows: number, spread?: Spread): Promise<number> {
  const work = async (insert: Insert) => {
    let next = 0;
    const startedAt = performance.now();
    const client = async () => {
      while (next < rows) await insert(next++);
    };
    await Promise.all(Array.from({ length: clients }, client));
    return rows / ((performance.now() - startedAt) / 1000);
  };
  return withDriver(url, clients, rows, work, spread);
}

/** How long single-row inserts from Node take that come at a steady rate, whether or not earlier ones are done. */
export function driverArrivals(
  url: string,
  clients: number,
  rows: number,
  perSecond: number,
): Promise<LoadOutcome["latency"]> {
  return withDriver(url, clients, rows, async (insert) => {
    const startedAt = performance.now();
    const latencies: number[] = [];
    const under: Promise<void>[] = [];
    for (let next = 0; next < rows; next += 1) {
      const dueAt = startedAt + (next / perSecond) * 1000;
      const early = dueAt - performance.now();
      if (early > 0) await pause(early);
      under.push(insert(next).then(() => void latencies.push(performance.now() - dueAt)));
    }
    await Promise.all(under);
    return summarise(latencies);
  });
}

const ROWS_PER_INSERT = 1000;

/** Rows a second of multi-row inserts from Node: 1,000 rows of unnest() a statement, each its own commit. */
export async function multiRowInserts(url: string, connections: number, rows: number): Promise<number> {
  const sql = connect(url, { max: connections });
  const since = Date.now();
  const chunks = Array.from({ length: Math.ceil(rows / ROWS_PER_INSERT) + connections }, (_, chunk) =>
    Array.from({ length: ROWS_PER_INSERT }, (_, i) => sampleEvent(chunk * ROWS_PER_INSERT + i, since)),
  );
  const fingerprints = chunks.map((chunk) => chunk.map(() => crypto.randomUUID()));
  const insert = (number: number) => insertChunk(sql, chunks[number]!, fingerprints[number]!);
  try {
    await Promise.all(Array.from({ length: connections }, (_, i) => insert(i)));
    let next = connections;
    const startedAt = performance.now();
    const client = async () => {
      while (next < chunks.length) await insert(next++);
    };
    await Promise.all(Array.from({ length: connections }, client));
    const seconds = (performance.now() - startedAt) / 1000;
    return ((chunks.length - connections) * ROWS_PER_INSERT) / seconds;
  } finally {
    await sql.end();
  }
}

function insertChunk(sql: RawSql, rows: ReturnType<typeof sampleEvent>[], fingerprints: string[]) {
  // Array literals spelled by hand: quicker than the driver's serialiser, so the floor is the harder one.
  const list = (values: readonly (string | number)[]) => `{${values.join(",")}}`;
  return sql`insert into bench_floor_events (company_id, site_id, account_id, computer_id, kind, is_clock_skewed,
    retry, occurred_at, fingerprint, event_type, local_ipv4, public_ipv4)
    select company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, to_timestamp(at / 1000.0),
      fingerprint, event_type, local_ipv4, public_ipv4
    from unnest(${list(rows.map(() => 1))}::int[], ${list(rows.map(() => 1))}::int[],
      ${list(rows.map((row) => row.account))}::int[], ${list(rows.map((row) => row.computer))}::int[],
      ${list(rows.map((row) => row.kind))}::smallint[], ${list(rows.map(() => "f"))}::boolean[],
      ${list(rows.map(() => 0))}::smallint[], ${list(rows.map((row) => row.at))}::float8[],
      ${list(fingerprints)}::uuid[], ${list(rows.map((row) => row.eventType))}::text[],
      ${list(rows.map((row) => packIpv4(row.localIp)!))}::int[], ${list(rows.map(() => packIpv4(PUBLIC_IP)!))}::int[])
    as sent (company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, at, fingerprint,
      event_type, local_ipv4, public_ipv4)`;
}
