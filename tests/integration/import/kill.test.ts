import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { countsOf, everythingStored, importFrom, startAfresh, storedLogs } from "../../support/import-suite";
import { originalLogs, originalStatements, writeSqliteOriginal } from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";
import { bundleProgram } from "../../support/bundle-program";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = path.join(root, "dist", `import-test-${process.pid}.mjs`);
const logs = originalLogs(30_000);
let folder: string;
let source: string;

provideOwnDatabase();
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
  const statements = await originalStatements("sqlite", "Europe/London", logs);
  source = await writeSqliteOriginal(path.join(folder, "original.db"), statements);
  await startAfresh();
  await bundleProgram("tests/support/import-main.ts", program);
});
afterAll(() => Promise.all([rm(folder, { recursive: true, force: true }), rm(program, { force: true })]));

/** Starts an import and kills it once at least so many logs are stored; gives how many were then. */
async function killedAt(events: number): Promise<number> {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: { ...process.env, IMPORT_SOURCE: source, LOG_LEVEL: "warn" },
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

async function countEvents(): Promise<number> {
  const [row] = await database().execute<{ n: number }>(sql`select count(*)::int as n from events`);
  return row!.n;
}

it(
  "killed half-way, twice, and run again it ends as if it had never been",
  { timeout: 120_000 },
  async () => {
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
  },
);
