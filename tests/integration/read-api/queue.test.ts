import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { closeDatabase, connect, database, type RawSql } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin } from "@/db/scope";
import { ianaZone } from "@/lib/domain/zones";
import { refreshEnv } from "@/lib/env";
import type { CompanyView } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { inEnglish } from "@/lib/english";
import { flushStoredErrors } from "@/lib/services/errors/store-error";
import { runReport } from "@/lib/services/reports/report-queue";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { gatedReport, sampleReport, type SampleRow } from "../../support/sample-report";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const LOCK = 815_001;
const ROW: SampleRow = { name: "row", count: 1, seconds: 1, at: 0, date: "2026-07-01", isNew: true };
const NOW = Date.parse("2026-07-15T12:00:00Z");

let api: Awaited<ReturnType<typeof openReadApi>>;
let agents: Mount;
let holder: RawSql;
let one: TestCompany;
let other: TestCompany;
let begun: number[] = [];

beforeAll(async () => {
  // As few as there can be for pages: a report on one of them would be felt.
  Object.assign(process.env, {
    DATABASE_POOL_SIZE: "1",
    REPORT_STATEMENT_SECONDS: "20",
    REPORT_MOST_ROWS: "3",
    RATE_LIMIT_ENABLED: "false",
  });
  refreshEnv();
  await database().transaction(ensureSettings);
  one = await makeCompany("One");
  other = await makeCompany("Other");
  const gated = gatedReport(ROW, LOCK, ([companyId]) => void begun.push(companyId!));
  api = await openReadApi({ gated, quick: sampleReport([ROW]) });
  agents = await openNodeMount();
  holder = connect(inject("databaseUrl"), { max: 1 });
});
afterAll(async () => {
  await holder?.end();
  await Promise.all([api?.close(), agents?.close()]);
  await closeDatabase();
});
beforeEach(async () => {
  begun = [];
  await holder`select pg_advisory_lock(${LOCK})`;
});

const open = () => holder`select pg_advisory_unlock(${LOCK})`;
const ask = (path: string, key: string, signal?: AbortSignal) =>
  fetch(`${api.url}/${path}`, { headers: { "X-API-Key": key }, ...(signal && { signal }) });

async function statementsAtGate(): Promise<string[]> {
  const rows = await holder<{ name: string }[]>`
    select application_name as name from pg_stat_activity where datname = current_database()
      and query like '%gated report%' and pid <> pg_backend_pid() and wait_event = 'advisory'`;
  return rows.map(({ name }) => name);
}

function postEvent(key: string): Promise<Response> {
  const event = {
    EventType: "Logon",
    UserName: "anna",
    ComputerName: "PC-1",
    Timestamp: new Date().toISOString(),
  };
  const headers = { "X-API-Key": key, "Content-Type": "application/json" };
  return fetch(`${agents.url}/api/log_event`, { method: "POST", headers, body: JSON.stringify(event) });
}

describe("thirty reports at once by one reader", () => {
  it("keep nobody else waiting, and what is too much is refused", async () => {
    const [greedy, colleague, stranger] = await Promise.all([makeKey(one), makeKey(one), makeKey(other)]);
    const agent = await makeKey(other, { scopes: ["ingest"] });
    const answers = Array.from({ length: 30 }, () => ask("gated", greedy));
    const settled: number[] = [];
    for (const answer of answers) void answer.then(({ status }) => settled.push(status));
    await expect.poll(() => settled.length, { timeout: 20_000 }).toBe(20);
    expect(new Set(settled)).toEqual(new Set([429]));
    await expect.poll(statementsAtGate).toHaveLength(2);

    // All of this happens while the two stand at the gate, which only this test opens.
    const [quickOfColleague, quickOfStranger] = [await ask("quick", colleague), await ask("quick", stranger)];
    expect([quickOfColleague.status, quickOfStranger.status]).toEqual([200, 200]);
    await Promise.all([quickOfColleague.text(), quickOfStranger.text()]);
    const others = [ask("gated", colleague), ask("gated", stranger)];
    await expect.poll(statementsAtGate).toEqual(Array.from({ length: 4 }, () => "winauthmon reports"));
    expect((await postEvent(agent)).status).toBe(201);
    await readDashboard(other.scope, ianaZone("Europe/London"), "30d", NOW);
    const page = await ask("api/v1/accounts", stranger);
    expect(page.status).toBe(200);
    await page.text();
    expect(settled).toHaveLength(20);

    // The next of the other company goes before what the greedy one has waiting.
    const late = ask("gated", stranger);
    const abandoned = new AbortController();
    await expect.poll(() => begun.length).toBe(4);
    begun = [];
    const since = new Date().toISOString();
    // Ten of the greedy one's, two others and the late one.
    await expect.poll(api.underWay).toBe(13);
    const given = ask("gated", stranger, abandoned.signal);
    await expect.poll(api.underWay).toBe(14);
    abandoned.abort();
    await expect(given).rejects.toThrow(/abort/);
    await expect.poll(api.underWay).toBe(13);
    await flushStoredErrors();
    const [reported] = await database().execute(sql`
      select message from api_error_logs where message like '%abort%' and last_at >= ${since}`);
    expect(reported).toBeUndefined();
    await open();
    const bodies = await Promise.all([...answers, ...others, late]);
    expect(begun.filter((id) => id === other.companyId)).toHaveLength(1);
    expect(begun.indexOf(other.companyId)).toBeLessThan(3);
    const statuses = bodies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(13);
    const refused = bodies.find(({ status }) => status === 429)!;
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      status: "error",
      message: expect.stringContaining("try again"),
    });
    await Promise.all(bodies.filter(({ bodyUsed }) => !bodyUsed).map((body) => body.text()));
  });
});

it("tells a page in words that there is no place, and lets it in when there is", async () => {
  const view = { scope: one.scope, session: { userId: 71 } } as unknown as CompanyView;
  const reader = "user 71";
  const held = Array.from({ length: 10 }, () =>
    runReport({ reader, scope: one.scope }, (scope) =>
      readWithin(scope, (tx) =>
        tx.execute(sql`select pg_advisory_xact_lock_shared(${LOCK}), 'gated report'`),
      ),
    ),
  );
  await expect.poll(statementsAtGate).toHaveLength(2);
  const refused = await readInQueue(view, async () => ({ rows: 1 }));
  expect(refused).toMatchObject({ refusal: { title: "reports.refusedBusy", isBusy: true } });
  expect("refusal" in refused && inEnglish(refused.refusal.description)).toContain("Wait until some finish");
  await open();
  await Promise.all(held);
  expect(await readInQueue(view, async () => ({ rows: 1 }))).toEqual({ rows: 1 });
});

it("reads a report that is part of another one in its place", async () => {
  await open();
  const asker = { reader: "user 72", scope: one.scope };
  const nested = () => runReport(asker, (scope) => runReport({ ...asker, scope }, async () => "read"));
  expect(await Promise.all(Array.from({ length: 8 }, nested))).toEqual(
    Array.from({ length: 8 }, () => "read"),
  );
});

it("says so when a report is more than one may hold", async () => {
  await open();
  const at = (hour: number) => NOW - 86_400_000 + hour * 3_600_000;
  const people = ["anna", "ben", "carla", "dan"];
  const events = people.flatMap((user) => [
    { type: "Logon", user, computer: `PC-${user}`, at: at(1) },
    { type: "LogonFailed", user, computer: `PC-${user}`, at: at(2) },
    { type: "Logoff", user, computer: `PC-${user}`, at: at(9) },
  ]);
  await storeEvents(one, events);
  const key = await makeKey(one);
  const range = "from=2026-07-10&to=2026-07-16&tz=UTC";
  for (const name of ["time-spent", "logons", "failures", "inactive?days=1&"]) {
    const path = `api/v1/reports/${name}${name.includes("?") ? "" : "?"}&${name.includes("inactive") ? "" : range}`;
    const answer = await ask(path, key);
    expect([name, answer.status]).toEqual([name, 400]);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining("Choose a shorter period"),
      errors: [{ field: "range" }],
    });
  }
  const fewer = await ask(`api/v1/reports/time-spent?${range}&q=a`, key);
  expect(fewer.status).toBe(200);
  expect(((await fewer.json()) as { rows: unknown[] }).rows).toHaveLength(3);
});

it("says so when PostgreSQL stops a report for its time limit", async () => {
  await open();
  const asker = { reader: "user 73", scope: one.scope };
  const late = runReport(asker, (scope) =>
    readWithin(scope, async (tx) => {
      await tx.execute(sql`set local statement_timeout = 50`);
      await tx.execute(sql`select pg_sleep(60)`);
    }),
  );
  await expect(late).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(/longer than 20 seconds. Choose a shorter period/),
  });
  const limit = await runReport(asker, (scope) =>
    readWithin(scope, (tx) =>
      tx.execute<{ limit: string }>(sql`select current_setting('statement_timeout') as limit`),
    ),
  );
  expect(limit[0]).toEqual({ limit: "20s" });
});
