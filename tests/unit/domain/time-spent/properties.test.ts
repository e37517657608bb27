import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import { unionIntervals } from "@/lib/domain/time-spent/intervals";
import { splitAtMidnights } from "../../../support/split-at-midnights";
import type { TimeSpentDayRow } from "@/lib/domain/time-spent/time-spent-row";
import { addLocalDays, startOfLocalDay } from "@/lib/domain/zones";
import { naiveTimeSpent } from "./naive-reference";
import { anyWeek } from "./random-weeks";
import { computeStretches } from "../../../support/compute-stretches";

const NAMES = { account: (id: number) => `account ${id}`, computer: (id: number) => `WS-${id}` };

function comparable(rows: TimeSpentDayRow[]) {
  return rows.map(
    ({
      userName: _u,
      computerName: _c,
      activeSeconds: _a,
      lockedSeconds: _l,
      uncertainSeconds: _n,
      rangeComputers: _r,
      days: _d,
      ...row
    }) => row,
  );
}

function key(row: { date: string; accountId: number; computerId: number | null }): string {
  return `${row.date} ${row.accountId} ${row.computerId}`;
}

function sum(rows: TimeSpentDayRow[], field: "activeMs" | "lockedMs" | "uncertainMs"): number {
  return rows.reduce((total, row) => total + row[field], 0);
}

describe("Time Spent over random weeks", () => {
  it("agrees with a slow second telling of the contract", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        const rows = comparable(computeTimeSpent(events, options, NAMES)).toSorted((a, b) =>
          key(a) < key(b) ? -1 : 1,
        );
        const expected = naiveTimeSpent(events, options).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
        expect(rows).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  }, 120_000);

  it("does not depend on the order in which events are handed over", () => {
    fc.assert(
      fc.property(
        anyWeek("any").chain(({ events, options }) =>
          fc.record({
            events: fc.constant(events),
            options: fc.constant(options),
            shuffled: fc.shuffledSubarray(events, { minLength: events.length }),
          }),
        ),
        ({ events, options, shuffled }) => {
          expect(computeTimeSpent(shuffled, options, NAMES)).toEqual(
            computeTimeSpent(events, options, NAMES),
          );
        },
      ),
    );
  });

  it("does not depend on late arrival or on the same event coming twice", () => {
    fc.assert(
      fc.property(
        anyWeek("distinct"),
        fc.infiniteStream(fc.tuple(fc.nat(2), fc.integer({ min: 0, max: 1e6 }))),
        ({ events, options }, stream) => {
          const changed = events.flatMap((event) => {
            const [
              {
                value: [repeats, order],
              },
            ] = [stream.next()];
            return Array.from({ length: repeats + 1 }, (_, copy) => ({ ...event, order: order + copy }));
          });
          expect(computeTimeSpent(changed, options, NAMES)).toEqual(computeTimeSpent(events, options, NAMES));
        },
      ),
    );
  });

  it("is at any moment what the events up to then come to", () => {
    fc.assert(
      fc.property(
        anyWeek("any"),
        fc.integer({ min: -1, max: 8 * 24 * 60 }),
        ({ events, options }, minutes) => {
          const now = options.from + minutes * 60_000;
          const until = events.filter(({ at }) => at <= now);
          expect(computeTimeSpent(events, { ...options, now }, NAMES)).toEqual(
            computeTimeSpent(until, { ...options, now }, NAMES),
          );
          expect(computeStretches(events, { ...options, now })).toEqual(
            computeStretches(until, { ...options, now }),
          );
        },
      ),
    );
  });

  it("never gives a day more time than it has, nor the range", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        for (const row of computeTimeSpent(events, options, NAMES)) {
          const spent = row.activeMs + row.lockedMs + row.uncertainMs;
          const dayStart = startOfLocalDay(row.date, options.timeZone);
          const dayEnd = startOfLocalDay(addLocalDays(row.date, 1), options.timeZone);
          // A date that Newfoundland's clocks gave back and took again lasts longer than its first midnight says.
          const slack = options.timeZone === "America/St_Johns" ? 3_600_000 : 0;
          expect(spent).toBeLessThanOrEqual(Math.min(dayEnd - dayStart + slack, options.to - options.from));
          expect(row.sessions > 0).toBe(row.activeMs > 0);
          expect(row.computers).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("gives an account the union of its computers: at most their sum, at least the greatest", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        const byUser = computeTimeSpent(events, { ...options, groupBy: "user" }, NAMES);
        const byComputer = computeTimeSpent(events, { ...options, groupBy: "user_computer" }, NAMES);
        for (const row of byUser) {
          const parts = byComputer.filter(
            (part) => part.date === row.date && part.accountId === row.accountId,
          );
          const actives = parts.map((part) => part.activeMs);
          expect(row.activeMs).toBeLessThanOrEqual(sum(parts, "activeMs"));
          expect(row.activeMs).toBeGreaterThanOrEqual(Math.max(...actives));
          expect(row.lockedMs).toBeLessThanOrEqual(sum(parts, "lockedMs"));
          expect(row.uncertainMs).toBeLessThanOrEqual(sum(parts, "uncertainMs"));
          expect(row.computers).toBe(parts.length);
        }
        expect(new Set(byComputer.map((row) => `${row.date} ${row.accountId}`)).size).toBe(byUser.length);
      }),
    );
  });

  it("counts for an account exactly the union of its computers' stretches", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        const rows = computeTimeSpent(events, { ...options, groupBy: "user", splitAtMidnight: true }, NAMES);
        const stretches = computeStretches(events, options);
        for (const row of rows) {
          const pieces = stretches
            .filter((stretch) => stretch.accountId === row.accountId)
            .flatMap((stretch) =>
              splitAtMidnights(stretch, options.timeZone).map((piece) => ({ ...piece, kind: stretch.kind })),
            )
            .filter((piece) => piece.date === row.date);
          const unionLength = (spans: { from: number; to: number }[]) =>
            unionIntervals(spans.flatMap(({ from, to }) => [from, to])).reduce(
              (total, at, index) => total + (index % 2 === 0 ? -at : at),
              0,
            );
          expect(row.activeMs).toBe(unionLength(pieces.filter(({ kind }) => kind === "active")));
          expect(row.activeMs + row.lockedMs).toBe(
            unionLength(pieces.filter(({ kind }) => kind !== "uncertain")),
          );
          expect(row.activeMs + row.lockedMs + row.uncertainMs).toBe(unionLength(pieces));
        }
      }),
    );
  });

  it("orders rows newest day first, then account, then computer, and names no row twice", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        const rows = computeTimeSpent(events, options, NAMES);
        const sorted = rows.toSorted(
          (a, b) =>
            -a.date.localeCompare(b.date) ||
            a.userName.localeCompare(b.userName) ||
            (a.computerName ?? "").localeCompare(b.computerName ?? ""),
        );
        expect(rows).toEqual(sorted);
        expect(new Set(rows.map(key)).size).toBe(rows.length);
      }),
    );
  });

  it("leaves out with the split off only what crosses midnight", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        const split = computeTimeSpent(
          events,
          { ...options, groupBy: "user_computer", splitAtMidnight: true },
          NAMES,
        );
        const whole = computeTimeSpent(
          events,
          { ...options, groupBy: "user_computer", splitAtMidnight: false },
          NAMES,
        );
        const byKey = new Map(split.map((row) => [key(row), row]));
        for (const row of whole) {
          expect(row.activeMs).toBeLessThanOrEqual(byKey.get(key(row))!.activeMs);
          expect(row.firstLogon).toBe(byKey.get(key(row))!.firstLogon);
          expect(row.lastLogoff).toBe(byKey.get(key(row))!.lastLogoff);
        }
      }),
    );
  });
});
