import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decimalHours,
  TIME_SPENT_COLUMNS,
  type TimeSpentReportRow,
} from "@/lib/domain/reports/time-spent-columns";
import { sortWordsOf } from "@/lib/domain/reports/columns";
import { timeSpentQuery, timeSpentReport } from "@/lib/domain/reports/time-spent";
import { timeSpentOrder } from "@/lib/domain/reports/time-spent-order";
import { timesByDay, topAccounts, totalOf } from "@/lib/domain/reports/time-spent-totals";
import { sortInTurns } from "@/lib/services/reports/sort-in-turns";
import { TakeTurns } from "@/lib/services/reports/take-turns";

const DATES = ["2026-01-05", "2026-01-06", "2026-01-07"];
const NAMES = ["", "anna", "Bert", "Zoë"];
const anyInstant = fc.option(fc.integer({ min: 1, max: 9 }), { nil: null });

function toRow(given: {
  date: string;
  accountId: number;
  ms: number[];
  sessions: number;
  first: number | null;
  last: number | null;
}): TimeSpentReportRow {
  const [activeMs, lockedMs, uncertainMs] = given.ms as [number, number, number];
  return {
    date: given.date,
    accountId: given.accountId,
    userName: NAMES[given.accountId]!,
    computerId: null,
    computerName: null,
    activeMs,
    lockedMs,
    uncertainMs,
    activeSeconds: Math.round(activeMs / 1000),
    lockedSeconds: Math.round(lockedMs / 1000),
    uncertainSeconds: Math.round(uncertainMs / 1000),
    sessions: given.sessions,
    computers: 1,
    rangeComputers: 3,
    days: 1,
    firstLogon: given.first,
    lastLogoff: given.last,
    companyId: given.accountId === 3 ? 8 : 7,
    companyName: given.accountId === 3 ? "Acme" : "Beta",
  };
}

const anyRows = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...DATES), fc.constantFrom(1, 2, 3)), { selector: ([d, a]) => d + a })
  .chain((keys) =>
    fc.tuple(
      ...keys.map(([date, accountId]) =>
        fc
          .record({
            // Often alike, to the second or to the millisecond.
            ms: fc.array(fc.oneof(fc.nat(100_000), fc.nat(4_000), fc.constantFrom(0, 1_000)), {
              minLength: 3,
              maxLength: 3,
            }),
            sessions: fc.nat(5),
            first: anyInstant,
            last: anyInstant,
          })
          .map((rest) => toRow({ date, accountId, ...rest })),
      ),
    ),
  );

describe("totals of Time Spent", () => {
  it("add exact times up and round once", () => {
    const rows = DATES.map((date) =>
      toRow({ date, accountId: 1, ms: [1400, 499, 500], sessions: 1, first: null, last: null }),
    );
    expect(totalOf(rows)).toEqual({
      activeSeconds: 4,
      lockedSeconds: 1,
      uncertainSeconds: 2,
      accounts: 1,
      sessions: 3,
    });
  });

  it("give each day asked for its hours, and nothing to days without any", () => {
    const times = new Map([[DATES[1]!, { activeMs: 1_499, lockedMs: 500, uncertainMs: 0 }]]);
    expect(timesByDay(times, DATES)).toEqual([
      { date: DATES[0], activeSeconds: 0, lockedSeconds: 0, uncertainSeconds: 0 },
      { date: DATES[1], activeSeconds: 1, lockedSeconds: 1, uncertainSeconds: 0 },
      { date: DATES[2], activeSeconds: 0, lockedSeconds: 0, uncertainSeconds: 0 },
    ]);
  });

  it("name the accounts with most active time, without those that have none", () => {
    const rows = [
      toRow({ date: DATES[0]!, accountId: 1, ms: [5000, 0, 0], sessions: 1, first: null, last: null }),
      toRow({ date: DATES[1]!, accountId: 1, ms: [5000, 0, 0], sessions: 1, first: null, last: null }),
      toRow({ date: DATES[0]!, accountId: 2, ms: [9000, 0, 0], sessions: 1, first: null, last: null }),
      toRow({ date: DATES[0]!, accountId: 3, ms: [0, 9000, 0], sessions: 0, first: null, last: null }),
    ];
    expect(topAccounts(rows, 5).map((top) => [top.userName, top.activeSeconds])).toEqual([
      ["anna", 10],
      ["Bert", 9],
    ]);
    expect(topAccounts(rows, 1)).toHaveLength(1);
  });
});

type SortId = "date" | "userName" | "company" | "activeSeconds" | "sessions" | "firstLogon";

function valueOf(row: TimeSpentReportRow, id: SortId) {
  const given = id === "company" ? row.companyName : row[id];
  return typeof given === "string" ? given.toLowerCase() : given;
}

function mayFollow(before: TimeSpentReportRow, after: TimeSpentReportRow, id: SortId, sort: string): boolean {
  const [a, b] = [valueOf(before, id), valueOf(after, id)];
  if (a === b) {
    const isSameDay = before.date === after.date;
    return isSameDay
      ? before.userName.toLowerCase() < after.userName.toLowerCase()
      : before.date! > after.date!;
  }
  if (a === null || b === null) return b === null;
  return sort.startsWith("-") ? a > b : a < b;
}

describe("the order of rows", () => {
  const anySort = fc.constantFrom(...sortWordsOf(TIME_SPENT_COLUMNS));

  it("is that of the column, ties newest day first and then by account without regard to case", async () => {
    const reached = { moved: 0, tied: 0 };
    await fc.assert(
      fc.asyncProperty(anyRows, anySort, async (rows, sort) => {
        const order = timeSpentOrder(rows, sort);
        // The default order is that of the rows as the engine gives them.
        if (order === null) return;
        const sorted = await sortInTurns(rows, order, new TakeTurns(1e9, undefined));
        const id = sort.replace("-", "") as SortId;
        if (sorted.some((row, index) => row !== rows[index])) reached.moved += 1;
        if (new Set(rows.map((row) => valueOf(row, id))).size < rows.length) reached.tied += 1;
        expect(
          sorted.filter((row, index) => index > 0 && !mayFollow(sorted[index - 1]!, row, id, sort)),
        ).toEqual([]);
      }),
      { numRuns: 300, seed: 20 },
    );
    expect(reached.moved).toBeGreaterThan(100);
    expect(reached.tied).toBeGreaterThan(100);
  });
});

describe("sorting in turns", () => {
  it("sorts any number of rows as the engine's own sort does, ties in their order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40_000 }), fc.integer(), async (length, seed) => {
        const rows = Array.from({ length }, (_, n) => ({ n, key: Math.imul(n + seed, 2_654_435_761) % 997 }));
        const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
        expect(await sortInTurns(rows, compare, new TakeTurns(0, undefined))).toEqual(rows.toSorted(compare));
      }),
      { numRuns: 15 },
    );
  });

  it("ends when nobody waits any more", async () => {
    const gone = AbortSignal.abort(new Error("gone"));
    const rows = Array.from({ length: 10_000 }, (_, n) => -n);
    await expect(sortInTurns(rows, (a, b) => a - b, new TakeTurns(0, gone))).rejects.toThrow("gone");
  });
});

describe("decimal hours", () => {
  it.each([
    [0, 0],
    [27_900_000, 7.75],
    // 18 seconds are half of a hundredth of an hour: half goes up.
    [17_999, 0],
    [18_000, 0.01],
    [359_999_999, 100],
  ])("%i ms are %f h", (milliseconds, hours) => {
    expect(decimalHours(milliseconds)).toBe(hours);
  });

  it("of the totals are those of the exact times, not the sum of rounded rows", () => {
    // Three times 20 seconds: each is 0.01 h when rounded, all together 0.02 h.
    const row = (accountId: number) =>
      toRow({ date: DATES[0]!, accountId, ms: [20_000, 0, 0], sessions: 1, first: null, last: null });
    const rows = [row(1), row(2), row(3)];
    expect(rows.map(({ activeMs }) => decimalHours(activeMs))).toEqual([0.01, 0.01, 0.01]);
    expect(timeSpentReport.totals!(rows, timeSpentQuery.parse({}))).toEqual([
      {
        userName: { key: "reports.totalOfAccounts", values: { count: 3 } },
        activeSeconds: 60,
        lockedSeconds: 0,
        uncertainSeconds: 0,
        activeHours: 0.02,
        lockedHours: 0,
        uncertainHours: 0,
        sessions: 3,
      },
    ]);
  });
});
