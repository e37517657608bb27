import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { connect, type RawSql } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { refreshEnv } from "@/lib/env";
import { startRedis } from "../support/redis";
import { Balancer } from "./balancer";
import { tableOf } from "./figures";
import { signIn } from "./greedy-reader";
import { readStored, soakFigures, type Soaked } from "./soak-figures";
import { makeSoakCompanies } from "./soak-companies";
import { LiveWatch } from "./soak-live";
import { countAllowed, LIMIT_PER_MINUTE } from "./soak-limits";
import type { SoakOrder, SoakOutcome } from "./soak-messages";
import { SoakReaders } from "./soak-readers";
import { SoakServers } from "./soak-servers";

/** The first administrator's; not the built-in one, so that the sign-in asks for no change. */
const PASSWORD = "Quiet-Harbour-47-lamps";
const COMPANIES = 64;
/** 600 single events and 24 batches of 100 events a second: 3,000 events a second. */
const SINGLES = { agents: 240, perSecond: 2.5 };
const BATCHES = { agents: 24, events: 100 };
const FULL = { seconds: 600, killEverySeconds: 30 };
const QUICK = { seconds: 60, killEverySeconds: 15 };
const COUNT_EVERY = 10;

/**
 * Four servers behind a load balancer, with one PostgreSQL (fsync on), under the load of many companies' agents, readers
 * and a live view, while one server after the other is killed and comes back. Redis counts rate limits when `REDIS_URL`
 * is set or redis-server is installed.
 *
 * @throws Error when an acknowledged event is lost or stored twice.
 */
export async function benchSoak(options: readonly string[]): Promise<void> {
  const times = options.includes("--quick") ? QUICK : FULL;
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-soak-"));
  const embedded = await startEmbeddedPostgres({ dataDir: path.join(folder, "data") });
  const sql = connect(embedded.url, { max: 2 });
  const ownRedis = process.env.REDIS_URL ? undefined : await startRedis().catch(() => undefined);
  const redisUrl = process.env.REDIS_URL ?? ownRedis?.url;
  process.env.AUTH_SECRET = randomBytes(33).toString("base64");
  refreshEnv();
  const servers = new SoakServers(folder, {
    AUTH_SECRET: process.env.AUTH_SECRET,
    DATABASE_URL: embedded.url,
    INITIAL_ADMIN_PASSWORD: PASSWORD,
    RATE_LIMIT_AGENT_PER_MINUTE: String(LIMIT_PER_MINUTE),
    ...(redisUrl && { REDIS_URL: redisUrl }),
  });
  try {
    await servers.start();
    const soaked = await soak(servers, sql, times).catch(async (error: unknown) => {
      await servers.abandon();
      throw error;
    });
    const stored = await readStored(sql, soaked.outcome.agents);
    console.log(`\n${tableOf(soakFigures({ ...soaked, hasRedis: redisUrl !== undefined }, stored))}\n`);
    if (times === QUICK) console.log("Quick run: a minute instead of ten.\n");
    if (stored.lost + stored.doubled > 0) throw new Error("Acknowledged events were lost or stored twice.");
  } finally {
    await ownRedis?.stop();
    await sql.end();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

type Times = typeof FULL;

async function soak(servers: SoakServers, sql: RawSql, times: Times): Promise<Soaked> {
  const { agentKeys, readKeys, limitedKey } = await makeSoakCompanies(sql, COMPANIES);
  const balancer = await Balancer.listen(servers.ports);
  const readers = new SoakReaders(balancer, readKeys);
  const live = new LiveWatch();
  try {
    const cookie = await signIn(servers.ports[0]!, PASSWORD);
    await live.start(servers.ports[0]!, cookie, () => servers.othersUp);
    readers.start();
    const order = {
      port: balancer.port,
      apiKeys: agentKeys,
      seconds: times.seconds,
      singles: SINGLES,
      batches: BATCHES,
    };
    const agents = runAgents(order);
    const [outcome, connections] = await Promise.all([agents, watch(servers, sql, times)]);
    await Promise.all([readers.stop(), live.stop()]);
    const limited = await countAllowed(servers.ports, limitedKey);
    const served = await servers.stop();
    const { seconds } = times;
    const { kills } = servers;
    return {
      seconds,
      outcome,
      connections,
      limited,
      served,
      kills,
      read: readers.outcome,
      live: live.outcome,
    };
  } finally {
    await balancer.close();
  }
}

function runAgents(order: SoakOrder): Promise<SoakOutcome> {
  const program = path.resolve("tests/bench/soak-agents-main.ts");
  const child = fork(program, { execArgv: ["--import", "tsx"], serialization: "advanced" });
  return new Promise<SoakOutcome>((resolve, reject) => {
    child.once("exit", () => reject(new Error("The agents' process ended.")));
    child.once("message", (answer: { outcome: SoakOutcome } | { error: string }) => {
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer.outcome);
    });
    child.send(order);
  }).finally(() => child.connected && child.disconnect());
}

/** Kills servers and looks at memory until the time is over; gives the most connections that PostgreSQL had. */
async function watch(
  servers: SoakServers,
  sql: RawSql,
  { seconds, killEverySeconds }: Times,
): Promise<number> {
  let most = 0;
  let killing = Promise.resolve();
  for (let second = 1; second <= seconds; second += 1) {
    await pause(1000);
    await servers.look(second % COUNT_EVERY === 0);
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity where backend_type = 'client backend'`;
    most = Math.max(most, row!.count);
    // The last one is back before the end.
    if (second % killEverySeconds === 0 && second < seconds) {
      await killing;
      killing = servers.killOne();
      console.log(`${second} s: killed a server`);
    }
  }
  await killing;
  return most;
}
