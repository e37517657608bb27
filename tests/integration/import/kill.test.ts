import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { countsOf, everythingStored, importFrom, startAfresh, storedLogs } from "../../support/import-suite";
import { originalLogs, originalStatements, writeSqliteOriginal } from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";
import { bundleProgram } from "../../support/bundle-program";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = path.join(root, "dist", `import-test-${process.pid}.mjs`);
const command = path.join(root, "dist", `import-command-${process.pid}.mjs`);
const logs = originalLogs(30_000);
let folder: string;
let source: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
  const statements = await originalStatements("sqlite", "Europe/London", logs);
  source = await writeSqliteOriginal(path.join(folder, "original.db"), statements);
  await bundleProgram("tests/support/import-main.ts", program);
  await bundleProgram("scripts/import.ts", command);
});
afterAll(async () => {
  for (const made of [folder, program, command]) await rm(made, { recursive: true, force: true });
});

/** Starts an import and kills it once at least so many logs are stored; gives how many were then. */
async function killedAt(events: number, timeZone = "Europe/London"): Promise<number> {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: { ...process.env, IMPORT_SOURCE: source, IMPORT_ZONE: timeZone, LOG_LEVEL: "warn" },
    stdio: "inherit",
  });
  const exited = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("exit", (_, signal) => resolve(signal));
  });
  while ((await countEvents()) < events && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill("SIGKILL");
  expect(await exited, "it was killed before its end").toBe("SIGKILL");
  return countEvents();
}

/** Starts the command, whose terminal goes away once a log is stored; gives how it ended. */
async function hungUp(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, [command, source, "--timezone", "Europe/London", "--company", "K"], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<Awaited<ReturnType<typeof hungUp>>>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  while ((await countEvents()) === 0 && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 2));
  child.stdout.destroy();
  child.stderr.destroy();
  child.kill("SIGHUP");
  return ended;
}

async function countEvents(): Promise<number> {
  const [row] = await database().execute<{ n: number }>(sql`select count(*)::int as n from events`);
  return row!.n;
}

describe("an import that is killed half-way", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("twice, and run again, ends as if it had never been", { timeout: 120_000 }, async () => {
    const first = await killedAt(1);
    expect(first).toBeGreaterThan(0);
    const second = await killedAt(first + 4_000);
    expect(second).toBeLessThan(logs.length);
    const counts = countsOf(await importFrom(source, { timeZone: "Europe/London", company: "Keyless" }));
    expect(counts.logs).toMatchObject({ read: logs.length, written: logs.length - second, present: second });
    const stored = (await storedLogs()).map((log) => Number(log.at));
    expect(stored.toSorted((a, b) => a - b)).toEqual(logs.map(({ at }) => at));
    const [sums] = await database().execute<{ n: number }>(
      sql`select sum(count)::int as n from event_counts`,
    );
    expect(sums!.n).toBe(logs.length);
    const [seen] = await database().execute<{ wrong: number }>(sql`
    select count(*)::int as wrong from accounts a join (
      select company_id, account_id, min(occurred_at) as first_at, max(occurred_at) as last_at from events group by 1, 2
    ) e on e.company_id = a.company_id and e.account_id = a.id
    where a.first_seen_at <> e.first_at or a.last_seen_at <> e.last_at`);
    expect(seen!.wrong).toBe(0);
    const before = await everythingStored();
    await importFrom(source, { timeZone: "Europe/London", company: "Keyless" });
    expect(await everythingStored()).toEqual(before);
  });
});

describe("an import with a wrong zone, one that no run tries by itself, that is killed", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("is noticed by the next one", { timeout: 120_000 }, async () => {
    const count = await killedAt(1, "America/New_York");
    await expect(importFrom(source, { timeZone: "Europe/London", company: "Keyless" })).rejects.toThrow(
      /Use --timezone America\/New_York;/,
    );
    expect(await countEvents()).toBe(count);
  });
});

describe("an import that loses its terminal", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("stops as with Ctrl-C, and leaves its row in the audit trail", { timeout: 120_000 }, async () => {
    expect(await hungUp()).toEqual({ code: 1, signal: null });
    const rows = await database().execute(
      sql`select outcome, after ->> 'error' as error from audit_log where action = 'data.import'`,
    );
    expect([...rows]).toEqual([
      { outcome: "failure", error: "Stopped. Run the same command again to continue." },
    ]);
  });
});
