import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, connect, type RawSql } from "@/db/client";
import { eventually } from "../support/notifying";
import { provideOwnDatabase } from "../support/own-database";
import { makeKey } from "../support/read-keys";
import { bundleServerWithoutPages, startServerProcess, type ServerProcess } from "../support/server-process";
import { makeCompany, type TestCompany } from "../support/stored-events";
import { TcpBridge } from "../support/tcp-bridge";

const CONNECTIONS = 4;

provideOwnDatabase();

let sql: RawSql;
let bridge: TcpBridge;
let server: ServerProcess;
/** A company on the node that gets lost, and two on another. */
let lost: Agents;
let others: Agents[] = [];

beforeAll(async () => {
  sql = connect(process.env.DATABASE_URL!, { max: 1 });
  const [node] = await sql<{ id: number; host: string; port: number }[]>`
    select nodeid as id, nodename as host, nodeport as port from pg_dist_node where shouldhaveshards order by nodeid limit 1`;
  bridge = new TcpBridge(node!);
  await bridge.open();
  await sql`select citus_update_node(${node!.id}, '127.0.0.1', ${bridge.port})`;
  await eventually("all nodes know where it is", async () => {
    const [row] = await sql<{ isSo: boolean }[]>`select bool_and(metadatasynced) as "isSo" from pg_dist_node`;
    return row!.isSo;
  });
  const program = await bundleServerWithoutPages();
  server = await startServerProcess(program, {
    DATABASE_URL: process.env.DATABASE_URL!,
    AUTH_SECRET: process.env.AUTH_SECRET!,
    HOST: "127.0.0.1",
    RATE_LIMIT_ENABLED: "false",
    BCRYPT_COST: "4",
    LOG_LEVEL: "warn",
  });
  const placed = await placedCompanies();
  lost = placed.here[0]!;
  others = placed.elsewhere;
});
afterAll(async () => {
  await Promise.all([lost, ...others].map((agents) => agents?.stop()));
  await server?.end("SIGTERM");
  await bridge?.cut();
  await sql?.end();
});

/** Agents of one company, which post an event after another, and again what was not acknowledged. */
class Agents {
  readonly acknowledged = new Set<string>();
  readonly refusals: { status: number; retryAfter: string | null; text: string }[] = [];
  #isOver = false;
  #senders: Promise<void>[] = [];

  constructor(
    readonly company: TestCompany,
    readonly key: string,
  ) {}

  start(): void {
    this.#senders = Array.from({ length: CONNECTIONS }, (_, n) => this.#post(n));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#senders);
  }

  async #post(sender: number): Promise<void> {
    let id = randomUUID();
    while (!this.#isOver) {
      const response = await fetch(`http://127.0.0.1:${server.port}/api/log_event`, {
        method: "POST",
        headers: { "X-API-Key": this.key },
        body: JSON.stringify({
          EventId: id,
          EventType: "Logon",
          UserName: `user-${sender}`,
          ComputerName: `PC-${id.slice(0, 1)}`,
          Timestamp: new Date().toISOString(),
        }),
      });
      const text = await response.text();
      if (response.ok) {
        this.acknowledged.add(id);
        id = randomUUID();
      } else {
        this.refusals.push({
          status: response.status,
          retryAfter: response.headers.get("retry-after"),
          text,
        });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

async function placedCompanies(): Promise<{ here: Agents[]; elsewhere: Agents[] }> {
  const here: Agents[] = [];
  const elsewhere: Agents[] = [];
  while (here.length < 1 || elsewhere.length < 2) {
    const company = await makeCompany("Placed");
    const [place] = await sql<{ port: number }[]>`
      select nodeport as port from citus_shards
      where table_name = 'tenants'::regclass
        and shardid = get_shard_id_for_distribution_column('tenants', ${company.companyId}::int)`;
    const agents = new Agents(company, await makeKey(company, { scopes: ["ingest"] }));
    (place!.port === bridge.port ? here : elsewhere).push(agents);
  }
  return { here, elsewhere };
}

/** The newest time of an account, which is written some seconds after its events. */
async function lastSeenAt({ company }: Agents): Promise<number> {
  const [row] = await sql<{ at: Date }[]>`
    select max(last_seen_at) as at from accounts where company_id = ${company.companyId}`;
  return row!.at.getTime();
}

const counted = (agents: Agents) => agents.acknowledged.size;

it("answers 503 for the companies of a lost node until it is back, and stores on for the others", async () => {
  const all = [lost, ...others];
  for (const agents of all) agents.start();
  for (const agents of all) await expect.poll(() => counted(agents)).toBeGreaterThan(20);

  await bridge.cut();
  const cutAt = Date.now();
  await expect.poll(() => lost.refusals.length).toBeGreaterThan(10);
  const [whenLost, ...othersWhenLost] = all.map(counted);
  for (const [place, agents] of others.entries()) {
    await expect.poll(() => counted(agents)).toBeGreaterThan(othersWhenLost[place]! + 100);
  }
  for (const agents of others) await expect.poll(() => lastSeenAt(agents)).toBeGreaterThan(cutAt);
  expect(counted(lost)).toBe(whenLost);

  await bridge.open();
  await expect.poll(() => counted(lost)).toBeGreaterThan(whenLost! + 20);
  for (const agents of all) await agents.stop();

  for (const { status, retryAfter, text } of lost.refusals) {
    expect({ status, retryAfter, text }).toMatchObject({
      status: 503,
      retryAfter: expect.stringMatching(/^\d+$/),
    });
  }
  expect(others.flatMap(({ refusals }) => refusals)).toEqual([]);
  await server.end("SIGTERM");
  await closeDatabase();
  for (const { company, acknowledged } of all) {
    const stored = await sql<{ id: string }[]>`
      select agent_event_id as id from events where company_id = ${company.companyId}`;
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    const kept = new Set(stored.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
  }
}, 120_000);
