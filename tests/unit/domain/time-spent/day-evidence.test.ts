import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, type TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import {
  DayEvidenceTally,
  widenedTo,
  type DayEvidence,
  type DaySpan,
} from "@/lib/domain/time-spent/day-evidence";
import { STRETCH_KINDS } from "@/lib/domain/time-spent/stretch-machine";
import type { TimeSpentOptions } from "@/lib/domain/time-spent/time-spent-row";
import { addLocalDays, startOfLocalDay } from "@/lib/domain/zones";
import { anyWeek } from "./random-weeks";

const NAMES = { account: (id: number) => `account ${id}`, computer: (id: number) => `WS-${id}` };

function sums(spans: readonly DaySpan[]): number[] {
  return STRETCH_KINDS.map((kind) =>
    spans.reduce((total, span) => total + (span.kind === kind ? span.to - span.from : 0), 0),
  );
}

function computeDayEvidence(
  events: readonly TimeSpentEvent[],
  options: TimeSpentOptions,
  accountId: number,
  day: { from: number; to: number },
): DayEvidence {
  const tally = new DayEvidenceTally(options, accountId, day);
  for (const { accountId: id, computerId, kindCode, at, order } of inOrder(events))
    tally.add(id, computerId, kindCode, at, order);
  return tally.finish();
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

  it("is drawn in no more bars of a kind than the day has units, which hold all of it", () => {
    const unit = 60_000;
    const day = { from: 30_000, to: 100 * unit };
    const span = fc.record({
      kind: fc.constantFrom(...STRETCH_KINDS),
      from: fc.integer({ min: day.from, max: day.to - 1 }),
      length: fc.integer({ min: 1, max: 5 * unit }),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 400 }), (random) => {
        const spans = random.map(({ kind, from, length }) => ({
          kind,
          from,
          to: Math.min(from + length, day.to),
        }));
        const drawn = widenedTo(unit, spans, day);
        for (const kind of STRETCH_KINDS) {
          const bars = drawn.filter((bar) => bar.kind === kind);
          expect(bars.length).toBeLessThanOrEqual(50);
          for (const { from, to } of spans.filter((one) => one.kind === kind)) {
            const holder = bars.filter((bar) => bar.from <= from && to <= bar.to);
            expect(holder).toHaveLength(1);
          }
          for (const { from, to } of bars) {
            expect(from).toBeGreaterThanOrEqual(day.from);
            expect(to).toBeLessThanOrEqual(day.to);
            const inside = spans.filter((one) => one.kind === kind && one.from >= from && one.to <= to);
            expect(Math.min(...inside.map((one) => one.from)) - from).toBeLessThan(unit);
            expect(to - Math.max(...inside.map((one) => one.to))).toBeLessThan(unit);
          }
        }
      }),
    );
  });
});
