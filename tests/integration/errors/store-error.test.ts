import { sql } from "drizzle-orm";
import { afterEach, expect, it, vi } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { flushStoredErrors, storeError } from "@/lib/services/errors/store-error";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();
afterEach(() => {
  vi.useRealTimers();
});

it("an error that comes again while the log cannot be written keeps its count, its first and its last time", async () => {
  await setSettings({});
  const [first, last] = [new Date("2026-03-02T10:05:00Z"), new Date("2026-03-02T10:35:00Z")];
  const url = process.env.DATABASE_URL!;
  const report = { level: "ERROR", source: "pages", error: "The disk is full" } as const;

  vi.useFakeTimers({ toFake: ["Date"], now: first });
  storeError(report);
  const nowhere = new URL(url);
  nowhere.pathname = "/no_such_database";
  process.env.DATABASE_URL = nowhere.href;
  await closeDatabase();
  const failing = flushStoredErrors();
  vi.setSystemTime(last);
  storeError(report);
  await failing;
  process.env.DATABASE_URL = url;
  await closeDatabase();
  await flushStoredErrors();

  const rows = await database().execute<{ count: number; first: string; last: string }>(sql`
    select count, extract(epoch from timestamp) * 1000 as first, extract(epoch from last_at) * 1000 as last
    from api_error_logs where message = 'The disk is full'`);
  expect(rows.map((row) => [row.count, Number(row.first), Number(row.last)])).toEqual([
    [2, first.getTime(), last.getTime()],
  ]);
});
