import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { connect, type RawSql } from "@/db/client";
import { provideOwnDatabase } from "../support/own-database";
import { bundleServerWithoutPages, startIngestServer } from "../support/server-process";
import { openDatabaseBridge } from "../support/tcp-bridge";

provideOwnDatabase();

const pools: RawSql[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.end({ timeout: 1 }))));

function open(address = process.env.DATABASE_URL!): RawSql {
  const pool = connect(address, { max: 1 });
  pools.push(pool);
  return pool;
}

type Ask = (text: string) => Promise<readonly Record<string, unknown>[]>;

/** Runs the work in a transaction; a connection that is lost is not given back in use. */
const TRANSACTIONS: Record<string, (pool: RawSql, work: (ask: Ask) => Promise<unknown>) => Promise<unknown>> =
  {
    begin: (pool, work) => pool.begin((tx) => work((text) => tx.unsafe(text))),
    reserve: async (pool, work) => {
      const own = await pool.reserve();
      try {
        await own.unsafe("begin");
        await work((text) => own.unsafe(text));
        await own.unsafe("commit");
      } catch (error) {
        await own.unsafe("rollback").catch(() => undefined);
        throw error;
      } finally {
        own.release();
      }
    },
  };

async function backendOf(ask: Ask): Promise<number> {
  return Number((await ask("select pg_backend_pid() as pid"))[0]!.pid);
}

async function terminate(pid: number): Promise<void> {
  const other = open();
  await other`select pg_terminate_backend(${pid}::int)`;
  await expect
    .poll(async () => (await other`select 1 from pg_stat_activity where pid = ${pid}`).length)
    .toBe(0);
}

/** What PostgreSQL says before it closes a connection, or what the client says of one that is closed. */
const LOST = /terminating connection|CONNECTION_CLOSED|CONNECTION_DESTROYED|ECONNRESET|EPIPE/;

describe.each(Object.entries(TRANSACTIONS))(
  "a connection of %s that PostgreSQL closes",
  (_, inTransaction) => {
    test("while a statement runs, fails that transaction and no later one", async () => {
      const pool = open();
      const lost = inTransaction(pool, async (ask) => {
        const pid = await backendOf(ask);
        await Promise.all([ask("select pg_sleep(60)"), terminate(pid)]);
      });
      await expect(lost).rejects.toThrow(LOST);
      expect(await pool`select 1 as one`).toEqual([{ one: 1 }]);
    });

    test("between two statements, fails that transaction and no later one", async () => {
      const pool = open();
      const lost = inTransaction(pool, async (ask) => {
        await terminate(await backendOf(ask));
        await ask("select 1");
      });
      await expect(lost).rejects.toThrow(LOST);
      expect(await pool`select 1 as one`).toEqual([{ one: 1 }]);
    });

    test("with statements that wait for others, fails them all", async () => {
      const pool = open();
      const outcomes: PromiseSettledResult<unknown>[] = [];
      const lost = inTransaction(pool, async (ask) => {
        const pid = await backendOf(ask);
        const waiting = Array.from({ length: 200 }, (_, index) => ask(`select pg_sleep(60), ${index}`));
        await terminate(pid);
        outcomes.push(...(await Promise.allSettled(waiting)));
        await waiting[0];
      });
      await expect(lost).rejects.toThrow(LOST);
      await expect.poll(() => outcomes.map(({ status }) => status)).toEqual(Array(200).fill("rejected"));
    });

    test("gives its transaction no part in the next one on the same place of the pool", async () => {
      const pool = open();
      let isNextBegun = false;
      const late: Promise<unknown>[] = [];
      const lost = inTransaction(pool, async (ask) => {
        await terminate(await backendOf(ask));
        while (!isNextBegun) await delay(10);
        late.push(ask("select set_config('winauthmon.test', 'of the lost one', true)"));
        await Promise.allSettled(late);
      });
      lost.catch(() => undefined);
      const seen = await pool.begin(async (tx) => {
        await tx`select set_config('winauthmon.test', 'own', true)`;
        isNextBegun = true;
        await expect.poll(() => late.length).toBe(1);
        await Promise.allSettled(late);
        return tx`select current_setting('winauthmon.test') as value`;
      });
      expect(seen).toEqual([{ value: "own" }]);
      await expect(late[0]).rejects.toThrow(LOST);
    });
  },
);

test("who waits for a connection gets one when that of another is closed", async () => {
  const pool = open();
  const first = await pool.reserve();
  const pid = await backendOf((text) => first.unsafe(text));
  const waiting = pool.reserve();
  await terminate(pid);
  // The client learns of it a moment later, and until then it would give the connection to `waiting`.
  const codeOf = () => first.unsafe("select 1").then(String, ({ code }: { code: string }) => code);
  await expect.poll(codeOf).toBe("CONNECTION_CLOSED");
  first.release();
  const second = await waiting;
  expect(await second`select 1 as one`).toEqual([{ one: 1 }]);
  second.release();
});

test("who is refused a connection learns it, and who asks later gets one", async () => {
  const { bridge, address } = await openDatabaseBridge(process.env.DATABASE_URL!);
  await bridge.cut();
  const pool = open(address);
  const refused = await Promise.allSettled(Array.from({ length: 3 }, () => pool.reserve()));
  expect(refused.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await bridge.open();
  for (let times = 0; times < 5; times += 1) {
    const own = await pool.reserve();
    expect(await own`select 1 as one`).toEqual([{ one: 1 }]);
    own.release();
  }
  await bridge.cut();
});

const API_KEY = "d1".repeat(32);

/** Posts one event, and again until it is acknowledged. */
async function postOne(port: number): Promise<string> {
  const id = randomUUID();
  const body = JSON.stringify({
    EventId: id,
    EventType: "Logon",
    UserName: "anna",
    ComputerName: "PC-1",
    Timestamp: new Date().toISOString(),
  });
  for (;;) {
    const request = { method: "POST", headers: { "X-API-Key": API_KEY }, body };
    const response = await fetch(`http://127.0.0.1:${port}/api/log_event`, request);
    await response.arrayBuffer();
    if (response.ok) return id;
    expect(response.status).toBe(503);
    await delay(50);
  }
}

test("a server whose connections PostgreSQL closes under load goes on, and keeps each acknowledged event once", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "winauthmon-lost-"));
  const program = await bundleServerWithoutPages();
  const server = await startIngestServer(program, {
    dataDir,
    databaseUrl: process.env.DATABASE_URL!,
    apiKey: API_KEY,
  });
  const acknowledged = new Set<string>();
  let isPosting = true;
  const senders = Array.from({ length: 8 }, async () => {
    while (isPosting) acknowledged.add(await postOne(server.port));
  });
  const done = Promise.all(senders);
  done.catch(() => undefined); // awaited below, but perhaps after another failure
  const other = open();
  try {
    for (let times = 0; times < 5; times += 1) {
      const before = acknowledged.size;
      await expect.poll(() => acknowledged.size, { interval: 10 }).toBeGreaterThan(before + 20);
      await other`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
    }
    isPosting = false;
    await done;
    expect(server.child.exitCode).toBeNull();
    const stored = await other<{ id: string }[]>`select agent_event_id as id from events`;
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
  } finally {
    await server.end("SIGTERM");
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});
