import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent } from "../../support/stored-events";

provideOwnDatabase();

const START = Date.UTC(2026, 1, 3, 8);
const TYPES = ["Logon", "Lock", "Unlock", "Logoff", "Lock", "Sleep", "Startup", "Shutdown", "4625", "4779"];

test("presence of an older release gets what its events tell", async () => {
  const company = await makeCompany("Older release");
  // Three events fall on each instant, so that the order received decides too.
  const sent = Array.from({ length: 120 }, (_, n): SentEvent => ({
    type: TYPES[(n * 7) % TYPES.length]!,
    user: `person ${n % 4}`,
    computer: `PC-${n % 3}`,
    at: START + Math.floor(n / 3) * 60_000,
  }));
  await storeEvents(company, sent);
  const rows = () => database().execute(sql`select * from presence order by 1, 2, 3`);
  const expected = await rows();
  expect(expected.length).toBeGreaterThan(10);

  await database().execute(sql`
    update presence set kind = 6, start_at = null, start_id = null, end_at = null, end_id = null, pause_at = null, pause_id = null`);
  const migration = await readFile("db/migrations/0014_presence_facts.sql", "utf8");
  await database().execute(sql.raw(migration.split("--> statement-breakpoint").at(-1)!));
  expect([...(await rows())]).toEqual([...expected]);
});
