import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "@/db/client";
import { connectEmbedded } from "@/db/embedded";
import { bundleServerWithoutPages, startIngestServer, type ServerProcess } from "../support/server-process";

/** How often the server is killed; KILL_COUNT=20 for the whole proof. */
const killCount = Number(process.env.KILL_COUNT ?? 5);
const API_KEY = "d1".repeat(32);
const CONNECTIONS = 16;

let dataDir: string;
let program: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "winauthmon-kill-"));
  program = await bundleServerWithoutPages();
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function start(): Promise<ServerProcess> {
  return startIngestServer(program, { dataDir, databaseUrl: "", apiKey: API_KEY });
}

/** Posts one event after another until the server is gone; notes every id that was acknowledged, and those sent twice. */
async function postUntilGone(port: number, acknowledged: Set<string>): Promise<void> {
  for (;;) {
    const id = randomUUID();
    const body = JSON.stringify({
      EventId: id,
      EventType: "Logon",
      UserName: `user-${id.slice(0, 2)}`,
      ComputerName: `PC-${id.slice(0, 1)}`,
      LocalIP: `10.0.0.${acknowledged.size}`,
      Timestamp: new Date().toISOString(),
    });
    const request = { method: "POST", headers: { "X-API-Key": API_KEY }, body };
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/log_event`, request);
      await response.arrayBuffer();
      if (response.status === 201) acknowledged.add(id);
    } catch {
      return;
    }
  }
}

/** The ids of all events, and how many accounts and computers are not as their events tell. */
async function readStored(): Promise<{ ids: string[]; wrongNames: number }> {
  const embedded = await connectEmbedded({ dataDir });
  const sql = connect(embedded.url, { max: 1 });
  try {
    const rows = await sql<{ agent_event_id: string }[]>`select agent_event_id from events`;
    const [names] = await sql<{ wrong: number }[]>`
      select (
        select count(*) from accounts a where a.last_seen_at <> (select max(e.occurred_at) from events e where e.account_id = a.id)
      )::int + (
        select count(*) from computers c cross join lateral (
          select * from events e where e.computer_id = c.id order by e.occurred_at desc, e.id desc limit 1
        ) e where (c.last_seen_at, c.site_id, c.last_local_ip) is distinct from (e.occurred_at, e.site_id, coalesce(e.local_ip, host('128.0.0.0'::inet + e.local_ipv4)))
      )::int as wrong`;
    return { ids: rows.map((row) => row.agent_event_id), wrongNames: names!.wrong };
  } finally {
    await sql.end();
    await embedded.stop();
  }
}

it(
  "keeps every acknowledged event, and none twice, though the server is killed under load again and again",
  { timeout: 600_000 },
  async () => {
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < killCount; kill++) {
      const server = await start();
      const before = acknowledged.size;
      const senders = Array.from({ length: CONNECTIONS }, () => postUntilGone(server.port, acknowledged));
      // On a busy machine the first answers come late, and each kill is to find some events.
      await expect.poll(() => acknowledged.size, { interval: 10 }).toBeGreaterThan(before + 10);
      await new Promise((resolve) => setTimeout(resolve, 400 + Math.random() * 400));
      await server.end("SIGKILL");
      await Promise.all(senders);
    }
    const killed = await readStored();
    expect(killed.wrongNames, "the last kill came before anything was written").toBeGreaterThan(0);
    await (await start()).end("SIGKILL");
    const { ids: stored, wrongNames } = await readStored();
    expect(wrongNames, "last-seen times, sites and addresses after a start").toBe(0);
    expect(acknowledged.size).toBeGreaterThan(killCount * 10);
    expect(new Set(stored).size).toBe(stored.length);
    const kept = new Set(stored);
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
  },
);
