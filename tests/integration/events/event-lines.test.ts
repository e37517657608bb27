import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { USUAL_EFFORT, type Effort } from "@/db/queries/events/effort";
import type { CompanyScope } from "@/db/scope";
import { RANGE_PRESETS } from "@/lib/domain/events/event-range";
import { EVENT_SORTS, NO_FILTERS, type EventFilters, type EventOrder } from "@/lib/domain/events/filters";
import { EVENT_KINDS } from "@/lib/domain/events/kinds";
import { eventColumns } from "@/lib/domain/reports/events";
import { presetRange } from "@/lib/domain/reports/report-range";
import type { RowBatches } from "@/lib/domain/reports/report-table";
import { ianaZone, localDateOf, type IanaZone } from "@/lib/domain/zones";
import type { Locale } from "@/lib/domain/locales";
import { readerOf, TEXT_LOCALES } from "@/lib/texts";
import { csvLines } from "@/lib/export/csv";
import { fileWords } from "@/lib/export/file-words";
import { CellWords, wordBatches } from "@/lib/export/word-cells";
import { pageEvents } from "@/lib/services/reports/page-events";
import { streamEventLines } from "@/lib/services/reports/stream-event-lines";
import { runs } from "../../support/citus";
import { LITTLE } from "../../support/naive-events";
import { ODD_TEXTS } from "../../support/odd-texts";
import {
  makeCompany,
  scopeOver,
  storeEvents,
  type SentEvent,
  type TestCompany,
} from "../../support/stored-events";

const FIRST_DAY = Date.UTC(2025, 0, 1);
const NOW = Date.now();
const MINUTE = 60_000;
/** Around clock changes of the zones below: Lord Howe by half an hour, Casablanca for Ramadan, London, St John's. */
const CLOCK_CHANGES = [
  "2025-03-09T05:30:00Z",
  "2025-03-30T01:00:00Z",
  "2025-04-05T15:00:00Z",
  "2025-10-04T15:30:00Z",
  "2025-10-26T01:00:00Z",
  "2026-02-15T02:00:00Z",
  "2025-12-31T23:59:59.999Z",
].map((text) => Date.parse(text));
const ZONES = [
  "UTC",
  "Europe/London",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Africa/Casablanca",
  "Pacific/Kiritimati",
  "Pacific/Marquesas",
];
const TYPES = ["Logon", "Lock", "Unlock", "Logoff", "4625", "AccountLockout", "Sleep"];

/** Of failures in every spelling: known, unknown, success, none, and what is no code. */
const CODES = [
  "0xC000006D",
  "c000006a",
  "C0000234",
  "-1073741724",
  "3221225578",
  "0",
  "0x0",
  "0x12",
  "c00000ff",
  "4294967296",
  "-2147483649",
  "99999999999",
  "0xC000006D1",
  "\u00a00xc0000072\u2003",
  "-",
  "",
];

let first: TestCompany;
let second: TestCompany;
let ids: { siteId: number; accountId: number; computerId: number }[];

function oddEvents(count: number, salt: number): SentEvent[] {
  return Array.from({ length: count }, (_, n) => {
    const dice = (n * 7919 + salt * 104_729) % 10_007;
    const odd = (shift: number) => ODD_TEXTS[(dice + shift) % ODD_TEXTS.length]!;
    const at =
      n % 3 === 0
        ? FIRST_DAY + dice * 40 * MINUTE + (dice % 7)
        : CLOCK_CHANGES[n % CLOCK_CHANGES.length]! + ((dice % 5) - 2) * (dice % 2 ? 1 : 30 * MINUTE);
    return {
      type: dice % 5 === 0 ? odd(3) : TYPES[dice % TYPES.length]!,
      user: odd(0),
      computer: odd(dice % 11),
      at,
      site: dice % 3,
      fields: {
        LocalIP: dice % 4 ? odd(5) : "",
        PublicIP: "203.0.113.7",
        SourceIP: odd(1),
        Status: CODES[dice % CODES.length]!,
        SubStatus: n % 2 === 0 ? odd(7) : CODES[(dice + n) % CODES.length]!,
        ...(dice % 3 > 0 && { LogonType: dice % 20 }),
      },
    };
  });
}

beforeAll(async () => {
  second = await makeCompany('Second, "Ltd"; =x', 3);
  first = await makeCompany("+First", 3);
  await storeEvents(first, oddEvents(300, 1));
  await storeEvents(second, oddEvents(120, 2));
  const companyIds = sql.raw(`${first.companyId}, ${second.companyId}`);
  // No agent can send these, but nothing in the table forbids them.
  await database().execute(sql`update events set local_ip = E'\t=1' || chr(10) || '-2' || chr(13) || '@x',
    public_ip = E'back\\\\slash \\N \\. ' where company_id in (${companyIds}) and id % 17 = 0`);
  await database().execute(
    sql`update events set kind = 99 where company_id in (${companyIds}) and id % 29 = 0`,
  );
  await database().execute(sql`update events set received_at = '2026-05-20 10:00:00.001Z'
    where company_id in (${companyIds}) and id % 5 = 0 and occurred_at < '2025-11-01'`);
  await database().execute(sql`update sites set name = 'Köln; =HQ, "West"' where id = ${first.siteIds[1]!}`);
  const rows = await database().execute<{ site_id: number; account_id: number; computer_id: number }>(sql`
    select distinct site_id, account_id, computer_id from events where company_id in (${companyIds})`);
  ids = rows.map((row) => ({ siteId: row.site_id, accountId: row.account_id, computerId: row.computer_id }));
});
afterAll(() => closeDatabase());

interface Asked {
  filters: EventFilters;
  order: EventOrder;
  zone: IanaZone;
  isAll: boolean;
  columnIds: string[];
  sliceRows: number;
  locale: Locale;
}

function anyExport() {
  const known = fc.nat().map((n) => ids[n % ids.length]!);
  const conditions = fc.record({
    kinds: fc.uniqueArray(fc.constantFrom(...EVENT_KINDS), { minLength: 1, maxLength: 3 }),
    siteIds: known.map(({ siteId }) => [siteId]),
    accountId: known.map(({ accountId }) => accountId),
    computerId: known.map(({ computerId }) => computerId),
    search: fc.constantFrom("a", "=", '"', ";", "\\", "%", "العربية"),
    address: fc.constantFrom("-", "=*", "+44", "nowhere"),
  });
  const instant = fc.nat(500 * 24 * 60).map((n) => FIRST_DAY + n * MINUTE);
  const range = fc.oneof(
    fc.constant({ from: FIRST_DAY - 1, to: null }),
    fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 })),
    fc.constantFrom(...CLOCK_CHANGES).map((at) => ({ from: at - 90 * MINUTE, to: at + 90 * MINUTE })),
  );
  const all = eventColumns(new Map()).map(({ id }) => id);
  return fc
    .record({
      conditions,
      used: fc.subarray(["kinds", "siteIds", "accountId", "computerId", "search", "address"] as const, {
        maxLength: 2,
      }),
      range,
      order: fc.record({ by: fc.constantFrom(...EVENT_SORTS), isDescending: fc.boolean() }),
      zone: fc.constantFrom(...ZONES).map(ianaZone),
      isAll: fc.boolean(),
      columnIds: fc.oneof(fc.constant(all), fc.shuffledSubarray(all, { minLength: 1 })),
      sliceRows: fc.constantFrom(31, 120, 1_000),
      locale: fc.constantFrom(...TEXT_LOCALES),
    })
    .map(({ conditions: every, used, range: chosen, ...rest }): Asked => {
      const filters = { ...NO_FILTERS, ...Object.fromEntries(used.map((name) => [name, every[name]])) };
      return { ...rest, filters: { ...filters, range: chosen } as EventFilters };
    });
}

const namesOf = (isAll: boolean) =>
  isAll ? new Map([first, second].map(({ companyId, name }) => [companyId, name])) : null;
const scopeOf = (isAll: boolean): CompanyScope => (isAll ? scopeOver([first, second]) : first.scope);

/** The plainest way: rows page by page, cells by the columns' own functions, lines by the writer. */
async function linesOfRows(
  { filters, order, zone, isAll, columnIds, locale }: Asked,
  scope = scopeOf(isAll),
): Promise<string> {
  const known = eventColumns(namesOf(isAll));
  const columns = columnIds.map((id) => known.find((column) => column.id === id)!);
  const words = new CellWords(columns, readerOf(locale, zone));
  async function* batches(): RowBatches {
    for (let after: string | null = null; ;) {
      const ask = { filters, order, zone, now: NOW, after, limit: 1_000 };
      const page = await pageEvents(scope, ask);
      yield page.rows.map((row) => columns.map((column) => column.value(row)));
      after = page.next;
      if (after === null) return;
    }
  }
  return textOf(
    csvLines(columns, wordBatches(batches(), words), { zone, words: fileWords(readerOf(locale, zone)) }),
  );
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

function linesOfDatabase(
  { isAll, locale, ...asked }: Asked,
  effort: Effort,
  scope = scopeOf(isAll),
): Promise<string> {
  const { signal } = new AbortController();
  const companyNames = namesOf(isAll);
  const reader = readerOf(locale, asked.zone);
  return textOf(streamEventLines(scope, { ...asked, companyNames, now: NOW, reader, signal, effort }));
}

const withoutCompany = (asked: Asked): Asked =>
  asked.isAll ? asked : { ...asked, columnIds: asked.columnIds.filter((id) => id !== "company") };

test.each([
  ["little", LITTLE],
  ["usual", USUAL_EFFORT],
] as const)(
  "PostgreSQL writes the very bytes that the rows make, whatever names, zone, filters, order and columns (%s effort)",
  async (_, effort) => {
    let rowsCompared = 0;
    await fc.assert(
      fc.asyncProperty(anyExport(), async (any) => {
        const asked = withoutCompany(any);
        if (asked.columnIds.length === 0) return;
        const expected = await linesOfRows(asked);
        rowsCompared += expected.split("\r\n").length - 1;
        expect(await linesOfDatabase(asked, effort)).toBe(expected);
      }),
      { numRuns: runs(80), seed: 20_261_125 },
    );
    expect(rowsCompared).toBeGreaterThan(runs(2_000));
  },
  300_000,
);

test("every column that a file of events can have is written by PostgreSQL", async () => {
  for (const { id } of eventColumns(new Map())) {
    const asked: Asked = {
      filters: { ...NO_FILTERS, range: { from: FIRST_DAY - 1, to: null } },
      order: { by: "time", isDescending: true },
      zone: ianaZone("Europe/London"),
      isAll: true,
      columnIds: [id],
      sliceRows: 1_000,
      locale: "de",
    };
    const lines = await linesOfDatabase(asked, USUAL_EFFORT);
    expect(lines).toBe(await linesOfRows(asked));
    expect(lines.replaceAll("\r\n", "")).not.toBe("");
  }
});

test("nothing of another company is written, whatever the filters name", async () => {
  const asked: Asked = {
    filters: { ...NO_FILTERS, range: { from: FIRST_DAY - 1, to: null }, siteIds: second.siteIds },
    order: { by: "account", isDescending: false },
    zone: ianaZone("UTC"),
    isAll: false,
    columnIds: ["id", "userName"],
    sliceRows: 50,
    locale: "en",
  };
  expect(await linesOfDatabase(asked, USUAL_EFFORT)).toBe("");
  expect(await linesOfDatabase({ ...asked, isAll: true }, USUAL_EFFORT)).not.toBe("");
});

test.each(RANGE_PRESETS)(
  "events of clocks days ahead and years behind are written as the rows say them, for the range %s",
  async (preset) => {
    const company = await makeCompany("Beyond");
    const zone = ianaZone("Europe/London");
    const yesterday = presetRange("yesterday", localDateOf(NOW, zone), zone).from;
    const days = [5, 400, 0, -0.5, -3, -20, -40, -1_900];
    const times = [yesterday, ...days.map((day) => NOW + day * 86_400_000)];
    await storeEvents(
      company,
      times.map((at) => ({ type: "Logon", user: "u", computer: "pc", at })),
    );
    // Received in another order of the years than they happened, the first one before there was any event.
    for (const [index, received] of [FIRST_DAY - 9_000 * 86_400_000, ...times.toReversed()].entries()) {
      await database().execute(sql`update events set received_at = ${new Date(received).toISOString()}
        where company_id = ${company.companyId} and occurred_at = ${new Date(times[index] ?? NOW).toISOString()}`);
    }
    for (const columnIds of [
      ["occurredAt", "receivedAt"],
      ["receivedAt"],
      ["occurredAt"],
      ["computerName"],
    ]) {
      for (const isDescending of [true, false]) {
        const asked: Asked = {
          filters: { ...NO_FILTERS, range: { preset } },
          order: { by: "time", isDescending },
          zone,
          isAll: false,
          columnIds,
          sliceRows: 2,
          locale: "en",
        };
        const written = await linesOfDatabase(asked, USUAL_EFFORT, company.scope);
        expect(written).toBe(await linesOfRows(asked, company.scope));
        expect(written).not.toBe("");
      }
    }
  },
);
