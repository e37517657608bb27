import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { writeWithin } from "@/db/scope";
import { webhookBody } from "@/lib/domain/notifications/webhook-body";
import { notify } from "@/lib/services/notifications/notify";
import { setSettings } from "../../support/aged-records";
import { eventually, hurry, makeChannel } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { openReceiver, type Receiver } from "../../support/receiver";
import {
  bundleServerWithoutPages,
  startServerProcess,
  type ServerProcess,
} from "../../support/server-process";
import { makeCompany, type TestCompany } from "../../support/stored-events";

/** How often a server is killed; KILL_COUNT=50 for the whole proof. */
const killCount = Number(process.env.KILL_COUNT ?? 4);

provideOwnDatabase();

let program: string;
let folder: string;
let company: TestCompany;
let receiver: Receiver;
/** How often each message was taken, and what the taken ones told, by the name of the computer. */
let takenCount: Map<string, number>;
let told: Set<string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-kill-"));
  program = await bundleServerWithoutPages();
  await setSettings({ timeZone: "UTC" });
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
beforeEach(async () => {
  company = await makeCompany("Killed");
  receiver = await openReceiver();
  takenCount = new Map();
  told = new Set();
  return () => receiver.close();
});

function start(name: string): Promise<ServerProcess> {
  return startServerProcess(program, {
    DATABASE_URL: process.env.DATABASE_URL!,
    AUTH_SECRET: process.env.AUTH_SECRET!,
    DATA_DIR: path.join(folder, name),
    WEBHOOK_ALLOWED_NETWORKS: "127.0.0.0/8",
    BCRYPT_COST: "4",
    LOG_LEVEL: "error",
  });
}

/** Takes what comes, or while `isAway` fails in turns by a status, by a redirect, and by closing. */
function receive(isAway: () => boolean): void {
  let turn = 0;
  receiver.behave((response) => {
    if (isAway()) {
      turn += 1;
      if (turn % 3 === 0) response.destroy();
      else response.writeHead(turn % 3 === 1 ? 503 : 307, { Location: receiver.url }).end();
      return;
    }
    const { headers, body } = receiver.received.at(-1)!;
    const id = String(headers["webhook-id"]);
    takenCount.set(id, (takenCount.get(id) ?? 0) + 1);
    for (const { params } of webhookBody.parse(JSON.parse(body)).data.notifications) {
      told.add((params.computer as { name: string }).name);
    }
    response.writeHead(204).end();
  });
}

let number = 0;

async function tell(isUndone = false): Promise<string> {
  const id = (number += 1);
  const name = `${isUndone ? "UNDONE" : "PC"}-${id}`;
  const params = { computer: { id, name }, lastSeenAt: new Date().toISOString() };
  const undone = new Error("undone");
  await writeWithin(company.scope, async (tx) => {
    await notify(tx, company.scope, "computer.silent", params);
    if (isUndone) throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return name;
}

async function makeHook(): Promise<number> {
  const { id } = await makeChannel(company, { type: "webhook", url: receiver.url });
  return id;
}

async function waitingDeliveries(channelId: number): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select (select count(*) from notification_deliveries where channel_id = ${channelId} and state = 'waiting')::int
      + (select count(*) from notification_items where channel_id = ${channelId} and group_id is null)::int as count`);
  return row!.count;
}

/** Those whose notification is in no message that the receiver took; a message may name fewer than it stands for. */
async function undelivered(names: readonly string[], channelId: number): Promise<string[]> {
  const rows = await database().execute<{ id: string; name: string }>(sql`
    select 'msg_' || d.message_id as id, n.params->'computer'->>'name' as name from notification_items i
    join notifications n on n.company_id = i.company_id and n.id = i.notification_id
    join notification_deliveries d on d.company_id = i.company_id and d.group_id = i.group_id
    where i.channel_id = ${channelId}`);
  const taken = new Set(rows.filter(({ id }) => takenCount.has(id)).map(({ name }) => name));
  return names.filter((name) => !taken.has(name));
}

describe("servers of one database", () => {
  it("deliver each message once", { timeout: 120_000 }, async () => {
    receive(() => false);
    const channelId = await makeHook();
    const servers = await Promise.all([start("one"), start("two")]);
    const names: string[] = [];
    for (let n = 0; n < 100; n += 1) names.push(await tell());
    await eventually("all are delivered", async () => (await undelivered(names, channelId)).length === 0);
    await eventually("nothing waits", async () => (await waitingDeliveries(channelId)) === 0);
    await Promise.all(servers.map((server) => server.end("SIGTERM")));
    expect([...takenCount.values()].filter((count) => count > 1)).toEqual([]);
  });

  it(
    "killed again and again while the receiver comes and goes, deliver all that was committed and nothing else",
    { timeout: 900_000 },
    async () => {
      let isAway = false;
      receive(() => isAway);
      const channelId = await makeHook();
      const committed: string[] = [];
      const steady = await start("steady");
      for (let kill = 0; kill < killCount; kill += 1) {
        isAway = kill % 2 === 1;
        const server = await start("killed");
        for (let n = 0; n < 8; n += 1) {
          committed.push(await tell());
          if (n % 4 === 3) await tell(true);
        }
        // While the receiver is away, attempts are not to be used up.
        if (!isAway) await hurry(channelId);
        // At another point of its work each time.
        await delay(Math.random() * 60);
        await server.end("SIGKILL");
      }
      isAway = false;
      // What the killed ones held is free again once their leases have run out.
      await database().execute(
        sql`update queue_entries set lease = null, leased_until = null where queue <> 'jobs'`,
      );
      await eventually("all are delivered and nothing waits", async () => {
        await hurry(channelId);
        return (
          (await waitingDeliveries(channelId)) === 0 && (await undelivered(committed, channelId)).length === 0
        );
      });
      await steady.end("SIGTERM");
      expect([...told].filter((name) => name.startsWith("UNDONE"))).toEqual([]);
      const repeated = [...takenCount.values()].reduce((sum, count) => sum + count - 1, 0);
      // Up to eight attempts are under way when a server dies; the leases freed above may repeat eight of the other.
      expect(repeated).toBeLessThanOrEqual(8 * (killCount + 1));
    },
  );
});
