import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  concurrentSessions as sessionsOneByOne,
  type CountedStates,
  type SeatSpans,
} from "@/lib/domain/presence/concurrent-sessions";

const concurrentSessions = (seats: readonly SeatSpans[], counted: CountedStates) => [
  ...sessionsOneByOne(seats, counted),
];

function seat(
  computerId: number,
  active: number[],
  locked: number[] = [],
  uncertain: number[] = [],
): SeatSpans {
  return { computerId, spans: { active, locked, uncertain } };
}

describe("concurrent sessions", () => {
  it("are none on one computer, and none where one computer follows another", () => {
    expect(concurrentSessions([], "any")).toEqual([]);
    expect(concurrentSessions([seat(1, [0, 10])], "any")).toEqual([]);
    expect(concurrentSessions([seat(1, [0, 10]), seat(2, [10, 20])], "any")).toEqual([]);
  });

  it("tell the computers, how many at most, and how long the account was active on several", () => {
    const seats = [seat(3, [0, 10]), seat(1, [5, 8], [8, 12]), seat(2, [6, 7])];
    expect(concurrentSessions(seats, "signed_in")).toEqual([
      { from: 5, to: 10, computerIds: [1, 2, 3], mostAtOnce: 3, bothActiveMs: 3 },
    ]);
  });

  it("stay one while the account locks and unlocks, or goes from a third computer to a fourth", () => {
    const seats = [seat(1, [0, 4, 6, 10], [4, 6]), seat(2, [2, 5]), seat(3, [5, 9])];
    expect(concurrentSessions(seats, "signed_in")).toMatchObject([
      { from: 2, to: 9, computerIds: [1, 2, 3], mostAtOnce: 2, bothActiveMs: 5 },
    ]);
  });

  it("count only the states asked for", () => {
    const seats = [seat(1, [0, 4], [4, 8], [8, 9]), seat(2, [2, 9])];
    const ends = (counted: CountedStates) =>
      concurrentSessions(seats, counted).map(({ from, to }) => [from, to]);
    expect(ends("active")).toEqual([[2, 4]]);
    expect(ends("signed_in")).toEqual([[2, 8]]);
    expect(ends("any")).toEqual([[2, 9]]);
  });

  it("hold exactly the moments at which two or more computers have a span", () => {
    const spans = fc
      .uniqueArray(fc.nat(30), { maxLength: 8 })
      .map((ends) => ends.toSorted((a, b) => a - b).slice(0, ends.length - (ends.length % 2)));
    const seats = fc.array(spans, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(seats, (lists) => {
        const found = concurrentSessions(
          lists.map((list, index) => seat(index, list)),
          "active",
        );
        const isWithin = (list: readonly number[], at: number) =>
          list.some((from, index) => index % 2 === 0 && from <= at && at < list[index + 1]!);
        for (let at = 0.5; at < 31; at += 1) {
          const on = lists.filter((list) => isWithin(list, at)).length;
          expect(found.filter(({ from, to }) => from < at && at < to)).toHaveLength(on >= 2 ? 1 : 0);
        }
        for (const { from, to, bothActiveMs } of found) expect(bothActiveMs).toBe(to - from);
      }),
    );
  });

  it("name the computers with a span in them, the most at once, and the time active on two, as a look at each moment does", () => {
    const spans = fc
      .uniqueArray(fc.nat(40), { maxLength: 12 })
      .map((ends) => ends.toSorted((a, b) => a - b).slice(0, ends.length - (ends.length % 2)));
    const seats = fc.array(fc.record({ active: spans, locked: spans }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(seats, (lists) => {
        const isWithin = (list: readonly number[], at: number) =>
          list.some((from, index) => index % 2 === 0 && from <= at && at < list[index + 1]!);
        const moments = Array.from({ length: 41 }, (_, moment) => moment);
        const onAt = moments.map((at) =>
          lists.flatMap(({ active, locked }, id) =>
            isWithin(active, at) || isWithin(locked, at) ? [id] : [],
          ),
        );
        const activeAt = moments.map((at) => lists.filter(({ active }) => isWithin(active, at)).length);
        const found = concurrentSessions(
          lists.map(({ active, locked }, id) => seat(id, active, locked)),
          "signed_in",
        );
        for (const { from, to, ...told } of found) {
          const within = moments.filter((at) => from <= at && at < to);
          expect(told).toEqual({
            computerIds: [...new Set(within.flatMap((at) => onAt[at]!))].toSorted((a, b) => a - b),
            mostAtOnce: Math.max(...within.map((at) => onAt[at]!.length)),
            bothActiveMs: within.filter((at) => activeAt[at]! >= 2).length,
          });
        }
      }),
    );
  });

  it("look at each instant about as often, however many sessions there are", () => {
    let looks = 0;
    // An instant that counts who compares it or reckons with it.
    const instant = (at: number) => ({ valueOf: () => ((looks += 1), at) }) as unknown as number;
    const looksOf = (sessions: number) => {
      looks = 0;
      const lists = [0, 1, 2].map((shift) =>
        Array.from({ length: sessions }, (_, n) => [
          instant(n * 10 + shift),
          instant(n * 10 + 5 + shift),
        ]).flat(),
      );
      const found = concurrentSessions(
        lists.map((list, id) => seat(id, list, [], [])),
        "any",
      );
      expect(found).toHaveLength(sessions);
      return looks;
    };
    const few = looksOf(200);
    expect(looksOf(400)).toBeLessThan(2.5 * few);
    expect(few).toBeGreaterThan(1_200);
  });
});
