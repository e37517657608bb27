import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { refreshEnv } from "@/lib/env";
import { JOBS } from "@/lib/services/jobs/registry";
import { readMetrics } from "@/lib/services/system/measure";
import { setSettings } from "../../support/aged-records";
import { freePort } from "../../support/free-port";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

/** So that neither a busy machine nor a busy database decides what is told. */
const PATIENT = { answer: 60_000, figures: 60_000 };
/** What only the database knows, and what is so at this moment alone. */
const OF_NOW = [
  "winauthmon_database_ping_seconds",
  "winauthmon_database_connections",
  "winauthmon_queue_entries",
  "winauthmon_queue_oldest_seconds",
  "winauthmon_job_overdue_seconds",
  "winauthmon_rules_stalled_seconds",
];

beforeAll(async () => {
  process.env.METRICS_TOKEN = "of-the-outage-alone";
  refreshEnv();
  await setSettings({ timeZone: "UTC" });
});
afterAll(() => {
  delete process.env.METRICS_TOKEN;
  refreshEnv();
});

async function scrape(patience = PATIENT) {
  const { text } = (await readMetrics(0, patience))!;
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const told = new Set(lines.map((line) => /^[a-z_0-9]+/.exec(line)![0]));
  return {
    isUp: lines.find((line) => line.startsWith("winauthmon_database_up "))?.split(" ")[1],
    told: OF_NOW.filter((name) => told.has(name)),
    jobs: lines.filter((line) => line.startsWith("winauthmon_job_overdue_seconds")).length,
  };
}

it("of a database that answers, all is told", async () => {
  expect(await scrape()).toEqual({ isUp: "1", told: OF_NOW, jobs: JOBS.length });
});

it("in an outage, nothing looks as if it were still so, and all is told again after it", async () => {
  const address = process.env.DATABASE_URL!;
  await scrape();
  await closeDatabase();
  process.env.DATABASE_URL = `postgres://nobody:none@127.0.0.1:${await freePort()}/nothing`;
  try {
    expect(await scrape()).toEqual({ isUp: "0", told: [], jobs: 0 });
  } finally {
    await closeDatabase();
    process.env.DATABASE_URL = address;
  }
  expect(await scrape()).toEqual({ isUp: "1", told: OF_NOW, jobs: JOBS.length });
});

it("a database that answers is up, also while its figures are slow; these alone are left out", async () => {
  await scrape();
  await database().transaction(async (tx) => {
    await tx.execute("lock table jobs in access exclusive mode");
    const impatient = { ...PATIENT, figures: 50 };
    expect(await scrape(impatient)).toEqual({
      isUp: "1",
      told: ["winauthmon_database_ping_seconds"],
      jobs: 0,
    });
  });
});
