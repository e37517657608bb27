import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { FollowingEvents } from "@/lib/services/detections/follow-events";
import { startRules } from "@/lib/services/detections/rules-thread";
import { bundleThread } from "../../support/bundled-thread";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const MINUTE = 60_000;

let program: string;
let rules: FollowingEvents | undefined;

beforeAll(async () => {
  program = await bundleThread("lib/services/detections/rules-thread-main.ts");
  await database().transaction(ensureSettings);
});
afterEach(async () => {
  await rules?.stop();
  rules = undefined;
});

function guesses(user: string): SentEvent[] {
  const from = Date.now() - 5 * MINUTE;
  return Array.from({ length: 5 }, (_, place) => ({
    type: "logon_failed",
    user,
    computer: "PC-1",
    at: from + place * 10_000,
  }));
}

async function countAlerts({ companyId }: TestCompany): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from alerts where company_id = ${companyId} and rule = 'password-guessing'`);
  return row!.count;
}

async function countConnections(): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity where datname = current_database()`);
  return row!.count;
}

it("finds what the rules find, and leaves nothing open once stopped", async () => {
  const company = await makeCompany("Thread");
  await storeEvents(company, guesses("anna"));
  const before = await countConnections();
  rules = startRules(program);
  await expect.poll(() => countAlerts(company)).toBe(1);
  await rules.stop();
  await expect.poll(countConnections).toBeLessThanOrEqual(before);
  await storeEvents(company, guesses("bert"));
  rules = startRules(program);
  await expect.poll(() => countAlerts(company)).toBe(2);
});

/** Writes a thread's program beside the real one. */
function writeProgram(name: string, source: string): string {
  const file = path.join(path.dirname(program), `${name}-${process.pid}.mjs`);
  writeFileSync(file, source);
  return file;
}

it("is started again when it has failed", async () => {
  const starts = path.join(path.dirname(program), `starts-${process.pid}.txt`);
  writeFileSync(starts, "");
  rules = startRules(
    writeProgram(
      "starts",
      `import { appendFileSync } from "node:fs";
       appendFileSync(${JSON.stringify(starts)}, "started ");
       throw new Error("The test's thread fails");`,
    ),
  );
  await expect.poll(() => readFileSync(starts, "utf8")).toMatch(/^started started /);
});

it("stops although it fails at that moment", async () => {
  rules = startRules(
    writeProgram(
      "fails-to-stop",
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", () => {
         throw new Error("The test's thread fails to stop");
       });`,
    ),
  );
  await expect(rules.stop()).resolves.toBeUndefined();
});
