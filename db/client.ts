import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { answerWithin } from "@/lib/answer-within";
import { env } from "@/lib/env";
import { stackOf } from "@/lib/error-text";
import { processState } from "@/lib/process-state";

export type RawSql = postgres.Sql;

// Next prints what a page throws with all its properties, the parameters of the query among them.
Object.defineProperty(DrizzleQueryError.prototype, inspect.custom, {
  // The server's bundle and the pages' may share the class.
  configurable: true,
  value(this: DrizzleQueryError) {
    return stackOf(this);
  },
});

interface Clients {
  url: string;
  pool: RawSql;
  db: ReturnType<typeof createDatabase>;
  ingest?: RawSql;
  lookUps?: { pool: RawSql; db: Database };
  reports?: RawSql;
  control?: RawSql;
}

const shared = processState("clients", (): { clients?: Clients | undefined } => ({}));

/**
 * What holds for every connection. Compiling a query (`jit`) takes PostgreSQL 0.1 to 0.2 s each time, and before
 * version 18 it did so for each commit of events: with ways of planning turned off, costs look large.
 */
const SESSION = { application_name: "winauthmon", timezone: "UTC", jit: "off" };

/**
 * Opens a lazy pool with the options common to all our clients.
 *
 * As in libpq, `?host=/folder` in the address names the folder of a Unix socket; postgres.js wants it apart.
 */
export function connect(address: string, options: postgres.Options<Record<string, never>> = {}): RawSql {
  const url = new URL(address);
  const socketFolder = url.searchParams.get("host");
  url.searchParams.delete("host");
  return postgres(url.href, {
    ...(socketFolder && { host: socketFolder }),
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 60 * 30,
    backoff: () => 0.2,
    onnotice: () => undefined,
    ...options,
    connection: { ...SESSION, ...options.connection },
  }) as RawSql;
}

function createDatabase(pool: RawSql) {
  return drizzle(pool);
}

function clients(): Clients {
  const url = process.env.DATABASE_URL;
  if (!url) {
    throw new Error(
      "DATABASE_URL is not set. Set it, or start with `npm start`, which runs its own PostgreSQL.",
    );
  }
  if (shared.clients?.url !== url) {
    const pool = connect(url, { max: env().DATABASE_POOL_SIZE });
    shared.clients = { url, pool, db: createDatabase(pool) };
  }
  return shared.clients!;
}

export type Database = ReturnType<typeof createDatabase>;
/** What queries run on: the database itself, or one transaction of it. */
export type Transaction = Omit<Database, "$client">;

/** The Drizzle database as the connecting user. Only db/scope.ts, db/queries/global and start-up code use it. */
export function database(): Database {
  return clients().db;
}

/** The pool under database(); db/scope.ts opens its transactions on it. */
export function connectionPool(): RawSql {
  return clients().pool;
}

/** Drizzle over an open postgres.js transaction, with the pool's parsers. */
export function transactionOver(sql: postgres.TransactionSql, pool: RawSql): Transaction {
  return createDatabase(Object.assign(sql, { options: pool.options }) as unknown as RawSql);
}

/** Connections of their own for the group commit, so that a slow report can never keep an event waiting. */
export function ingestSql(): RawSql {
  const all = clients();
  all.ingest ??= connect(all.url, {
    max: 3,
    connection: { application_name: "winauthmon ingest", statement_timeout: 30_000 },
  });
  return all.ingest;
}

/** Connections of their own for what agents wait for besides the commit, which db/look-up.ts asks. */
export function lookUpClient(): { pool: RawSql; db: Database } {
  const all = clients();
  if (!all.lookUps) {
    // An abandoned statement, as behind a lock, ends a little later than db/look-up.ts waits.
    const connection = { application_name: "winauthmon look-up", statement_timeout: 20_000 };
    const pool = connect(all.url, { max: 2, connection });
    all.lookUps = { pool, db: createDatabase(pool) };
  }
  return all.lookUps;
}

/**
 * What these connections of ingestSql or lookUpClient answer. When it takes longer than so many milliseconds they are given
 * up: what they have under way fails, and the next ask gets others. TCP would keep silent ones for a quarter of an hour.
 *
 * @throws an error that counts as an outage then; else the driver's.
 */
export async function answerOrAbandon<Answer>(
  pool: RawSql,
  milliseconds: number,
  asked: Promise<Answer>,
): Promise<Answer> {
  let isSettled = false;
  const answer = asked.finally(() => (isSettled = true));
  try {
    return await answerWithin(milliseconds, answer);
  } catch (error) {
    if (!isSettled) abandon(pool);
    throw error;
  }
}

function abandon(pool: RawSql): void {
  const all = shared.clients;
  if (all?.ingest === pool) delete all.ingest;
  if (all?.lookUps?.pool === pool) delete all.lookUps;
  void pool.end({ timeout: 0 }).catch(() => undefined);
}

/** Connections of their own for reports and exports, whose statements end after their time limit. */
export function reportPool(): RawSql {
  const all = clients();
  all.reports ??= connect(all.url, reportConnectionOptions());
  return all.reports;
}

/** The same for reading replicas. */
export function reportConnectionOptions(): postgres.Options<Record<string, never>> {
  const { REPORTS_AT_ONCE, REPORT_STATEMENT_SECONDS } = env();
  return {
    max: REPORTS_AT_ONCE,
    connection: {
      application_name: "winauthmon reports",
      statement_timeout: REPORT_STATEMENT_SECONDS * 1_000,
    },
  };
}

/** A connection apart to stop what backends of ours are running, as the pools' may all be busy with such work. */
export function controlSql(): RawSql {
  const all = clients();
  all.control ??= connect(all.url, { max: 1, idle_timeout: 10 });
  return all.control;
}

/** Closes every pool, waiting up to five seconds for running queries. */
export async function closeDatabase(): Promise<void> {
  const all = shared.clients;
  shared.clients = undefined;
  const pools = [all?.pool, all?.ingest, all?.lookUps?.pool, all?.reports, all?.control];
  await Promise.all(pools.map((pool) => pool?.end({ timeout: 5 })));
}
