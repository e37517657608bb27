import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import { computeDayEvidence, type DaySpan } from "@/lib/domain/time-spent/day-evidence";
import { STRETCH_KINDS } from "@/lib/domain/time-spent/stretch-machine";
import { addLocalDays, startOfLocalDay } from "@/lib/domain/zones";
import { anyWeek } from "./random-weeks";

const NAMES = { account: (id: number) => `account ${id}`, computer: (id: number) => `WS-${id}` };

function sums(spans: readonly DaySpan[]): number[] {
  return STRETCH_KINDS.map((kind) =>
    spans.reduce((total, span) => total + (span.kind === kind ? span.to - span.from : 0), 0),
  );
}

describe("the evidence of a day", () => {
  it("adds up to the rows of that day, of the account and of each of its computers", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        for (const groupBy of ["user", "user_computer"] as const) {
          for (const row of computeTimeSpent(events, { ...options, groupBy }, NAMES)) {
            const from = startOfLocalDay(row.date, options.timeZone);
            const to = startOfLocalDay(addLocalDays(row.date, 1), options.timeZone);
            // A date that Newfoundland's clocks gave back and took again does not lie between two midnights.
            if (options.timeZone === "America/St_Johns") continue;
            const evidence = computeDayEvidence(events, options, row.accountId, { from, to });
            const spans =
              groupBy === "user"
                ? evidence.united
                : evidence.stretches.filter(({ computerId }) => computerId === row.computerId);
            expect(sums(spans)).toEqual([row.activeMs, row.lockedMs, row.uncertainMs]);
          }
        }
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it("names for each stretch the events at its ends", () => {
    fc.assert(
      fc.property(anyWeek("any"), ({ events, options }) => {
        const byOrder = new Map(events.map((event) => [event.order, event]));
        const all = { from: options.from, to: options.to };
        for (const stretch of computeDayEvidence(events, options, 1, all).stretches) {
          const opener = byOrder.get(stretch.openedBy)!;
          expect(opener.computerId).toBe(stretch.computerId);
          expect(Math.max(opener.at, options.from)).toBe(stretch.from);
          expect(stretch.isOpen).toBe(stretch.closedBy === null);
          if (stretch.closedBy === null) continue;
          const closer = byOrder.get(stretch.closedBy)!;
          expect(closer.computerId).toBe(stretch.computerId);
          const isCut = stretch.kind === "uncertain" && closer.at > stretch.to;
          expect(isCut || Math.min(closer.at, options.to) === stretch.to).toBe(true);
        }
      }),
    );
  });
});
