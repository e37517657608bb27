import { beforeAll, describe, expect, it, test } from "vitest";
import type { z } from "zod";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { companiesQuery } from "@/lib/domain/reports/companies";
import { failuresQuery } from "@/lib/domain/reports/failures";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { env, refreshEnv } from "@/lib/env";
import { readScreenAsk } from "@/lib/server/report-screen";
import { readOverviewScreen } from "@/lib/services/overview/read-overview-screen";
import { readTimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import { readFailuresScreen } from "@/lib/services/reports/failures-screen";
import { TABLES } from "@/lib/services/tables/registry";
import { neededOf, openTable, rowsOf } from "../../support/ask-table";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const DAY = 86_400_000;
const NOW = Date.now();
const LONGEST = { from: "1970-01-01", to: "9998-12-31" };
/** Days since 1970 and of the year to come. */
const MOST_DAYS = (NOW - Date.UTC(1970, 0, 1)) / DAY + 368;
const withRange = TABLES.filter(({ query }) => "from" in query.shape);

let company: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Long ago");
  await storeEvents(company, [
    { type: "Logon", user: "anna", computer: "PC-1", at: NOW - 2 * DAY },
    { type: "4625", user: "anna", computer: "PC-1", at: NOW - DAY },
    { type: "Logoff", user: "anna", computer: "PC-1", at: NOW - DAY },
  ]);
});

/** Each choice of how rows are counted, and none. */
function bucketsOf({ shape }: z.ZodObject): Record<string, string>[] {
  return "bucket" in shape ? [{}, { bucket: "hour" }, { bucket: "day" }] : [{}];
}

function noneIfRefused(error: Error): [] {
  if (!error.message.includes("more than 400,000 rows")) throw error;
  return [];
}

describe("the longest range of", () => {
  it.each(withRange.map((table) => [table.name, table] as const))(
    "%s is answered with no more rows than a report may have, or refused in words",
    async (_, table) => {
      const needed = await neededOf(table, company);
      for (const bucket of bucketsOf(table.query)) {
        const params = { ...LONGEST, ...bucket, ...needed };
        const { range } = openTable(table, company, params);
        const isCut = range === null || range.to === null || (range.to - range.from) / DAY <= MOST_DAYS;
        // Events are listed, not counted by days.
        expect(isCut || table.name === "events").toBe(true);
        const rows = await rowsOf(table, company, params).catch(noneIfRefused);
        expect(rows.length).toBeLessThanOrEqual(env().REPORT_MOST_ROWS);
      }
    },
  );

  it.each(withRange.map((table) => [table.name, table] as const))(
    "%s is no year before 1970, which the API refuses and a screen leaves out",
    (_, table) => {
      for (const year of ["0102", "0202", "1000", "1969"]) {
        for (const name of ["from", "to"]) {
          const params = { [name]: `${year}-05-01` };
          expect(() => openTable(table, company, params)).toThrow(`${name}: must be an instant`);
          const schema = table.query as z.ZodObject & z.ZodType<ReportQuery>;
          if (!("q" in schema.shape) || table.isPaged) continue;
          const { ask, ignored } = readScreenAsk(schema, params, "Europe/London", NOW);
          expect(ignored).toEqual([name]);
          expect(ask.range.from).toBeGreaterThan(NOW - 31 * DAY);
        }
      }
    },
  );
});

describe("the longest range of a screen", () => {
  test("of failed logons is charted by its last days up to today", async () => {
    const { ask } = readScreenAsk(failuresQuery, LONGEST, "Europe/London", NOW);
    const { times, isChartCut } = await readFailuresScreen(company.scope, ask, "1");
    expect(times).toHaveLength(92);
    expect(times.at(-1)!.to).toBeGreaterThan(NOW);
    expect(times.at(-1)!.from).toBeLessThanOrEqual(NOW);
    expect(times.reduce((sum, { failures }) => sum + failures, 0)).toBe(1);
    expect(isChartCut).toBe(true);
  });

  test("of time spent is charted by its last days up to today", async () => {
    const { ask } = readScreenAsk(timeSpentQuery, LONGEST, "Europe/London", NOW);
    const { days } = await readTimeSpentScreen(company.scope, ask, "1");
    expect(days).toHaveLength(92);
    expect(days.at(-1)!.endsAt).toBeGreaterThan(NOW);
    expect(days.at(-1)!.startsAt).toBeLessThanOrEqual(NOW);
    // Longer than a session may be.
    expect(days.reduce((sum, { uncertainSeconds }) => sum + uncertainSeconds, 0)).toBe(16 * 3600);
  });

  test("of companies has a number for each day, compared with as many days before 1970", async () => {
    const { ask } = readScreenAsk(companiesQuery, LONGEST, "Europe/London", NOW);
    const { rows, before } = await readOverviewScreen(company.scope, ask, "user 1");
    expect(rows[0]!.days!.length).toBeLessThanOrEqual(MOST_DAYS);
    expect(rows[0]!.events).toEqual({ current: 3, previous: 0 });
    expect(before.to).toBeLessThanOrEqual(Date.UTC(1970, 0, 1));
  });
});

describe("where a report may have few rows", () => {
  beforeAll(() => {
    process.env.REPORT_MOST_ROWS = "48";
    refreshEnv();
    return () => {
      delete process.env.REPORT_MOST_ROWS;
      refreshEnv();
    };
  });

  const table = (name: string) => TABLES.find((one) => one.name === name)!;

  it.each([
    ["failure-times", { from: "2026-01-05", to: "2026-01-06", bucket: "hour" }, 48],
    ["failure-times", { from: "2026-01-01", to: "2026-02-17", bucket: "day" }, 48],
    ["companies", { from: "2026-01-01", to: "2026-02-17" }, 1],
    ["companies", { from: "2026-01-01", to: "2026-02-18" }, 1],
  ] as const)("%s for %j are %d rows", async (name, params, count) => {
    expect(await rowsOf(table(name), company, params)).toHaveLength(count);
  });

  it.each([
    [48, 48],
    [49, undefined],
  ])(
    "the screen of companies over %i days has a number for %j of them, and every sum",
    async (days, count) => {
      const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
      const asked = { from: dateOf(NOW - (days - 1) * DAY), to: dateOf(NOW) };
      const { ask } = readScreenAsk(companiesQuery, asked, "UTC", NOW);
      const { rows } = await readOverviewScreen(company.scope, ask, "user 1");
      expect(rows.map((row) => row.days?.length)).toEqual([count]);
      expect(rows[0]!.events).toEqual({ current: 3, previous: 0 });
    },
  );

  it.each([
    ["failure-times", { from: "2026-01-05", to: "2026-01-07", bucket: "hour" }],
    ["failure-times", { from: "2026-01-01", to: "2026-02-18", bucket: "day" }],
  ] as const)("%s for %j is refused in words", async (name, params) => {
    const refused = "This report needs more than 48 rows";
    await expect(rowsOf(table(name), company, params)).rejects.toThrow(refused);
  });

  it("concurrent sessions beyond that are refused before they are all held, and a search is held to what it finds", async () => {
    const busy = await makeCompany("Busy");
    const session = (user: string, computer: string, at: number) => [
      { type: "Logon", user, computer, at },
      { type: "Logoff", user, computer, at: at + 10_000 },
    ];
    await storeEvents(
      busy,
      Array.from({ length: 49 }, (_, n) => n).flatMap((n) => [
        ...session("svc", "PC-1", NOW - DAY + 20_000 * n),
        ...session("svc", "PC-2", NOW - DAY + 20_000 * n),
        ...(n === 0 ? [...session("ben", "PC-1", NOW - DAY), ...session("ben", "PC-2", NOW - DAY)] : []),
      ]),
    );
    const asked = { from: new Date(NOW - 2 * DAY).toISOString(), to: new Date(NOW).toISOString() };
    const sessions = (more: Record<string, string>) =>
      rowsOf(table("concurrent-sessions"), busy, { ...asked, ...more });
    await expect(sessions({})).rejects.toThrow("This report needs more than 48 rows");
    expect(await sessions({ q: "ben" })).toHaveLength(1);
  });
});
