import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

let api: Mount;
let key: string;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  key = await makeKey(await makeCompany("Patient"), { scopes: ["read"] });
  api = await openReadApi();
});
afterAll(() => api.close());

/** Asks while events can't be read, and ends the reading as the limit of its time would. */
async function readTooLong(address: string): Promise<Response> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`lock table events in access exclusive mode`);
    const [mine] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const asked = fetch(`${api.url}/api/v1/${address}`, { headers: { "X-API-Key": key } });
    const end = sql`
      select pg_cancel_backend(pid) from pg_stat_activity where ${mine!.pid}::int = any (pg_blocking_pids(pid))`;
    await expect.poll(async () => (await database().execute(end)).length).toBeGreaterThan(0);
    return asked;
  });
}

it.each([
  ["events", "This search takes too long. Choose a shorter period or more filters.", "30"],
  ["reports/logons?range=7d", expect.stringMatching(/took longer than/), "10"],
])("%s says when to try again after it took too long", async (address, message, seconds) => {
  const answer = await readTooLong(address);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ message });
  expect(answer.headers.get("retry-after")).toBe(seconds);
});
