import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BlockWriter, type StoredTime } from "@/lib/domain/time-spent/block-writer";
import { ByteReader, ByteWriter } from "@/lib/domain/time-spent/byte-stream";
import { inOrder, type TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import type { FinishedTimeSpent } from "@/lib/domain/time-spent/row-book";
import type { StoredPart } from "@/lib/domain/time-spent/stored-tally";
import type { TimeSpentOptions, TimeSpentDayRow, TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import { TimeSpentTally, type TimeSpentRowsAsked } from "@/lib/domain/time-spent/time-spent-tally";
import { anyWeek } from "./random-weeks";

const HOUR = 3_600_000;
const NAMES = { account: (id: number) => `account ${id}`, computer: (id: number) => `WS-${id}` };

/** What a computer did from the end of the part before until `until`. */
interface Made extends StoredTime {
  from: number;
  until: number;
}

/** Stores a computer's time as the job does, each part by a writer that knows only what the last one carried over. */
function store(events: readonly TimeSpentEvent[], cuts: readonly number[]): Made[] {
  const parts: Made[] = [];
  let from = -Infinity;
  for (const until of cuts) {
    const own = events.filter(({ at }) => at >= from && at < until);
    if (own.length > 0) {
      const writer = new BlockWriter(parts.at(-1)?.carry ?? null);
      for (const { accountId, kindCode, at } of own) writer.add(accountId, kindCode, at);
      parts.push({ from, until, ...writer.cut() });
    }
    from = until;
  }
  return parts;
}

interface Stored {
  cuts: readonly number[];
  /** Events before were deleted when they had been stored already. */
  floor: number | null;
  accountIds?: readonly number[];
}

/** A tally of what is stored, and of the events behind its end. */
function tallyStored(
  events: readonly TimeSpentEvent[],
  options: TimeSpentOptions,
  { cuts, floor, accountIds }: Stored,
): TimeSpentTally {
  const first = options.from - options.maxSessionHours * HOUR;
  const tally = new TimeSpentTally(options, accountIds ?? null);
  const details = new Map<StoredPart, Uint8Array>();
  for (const computerId of [11, 12]) {
    const own = inOrder(events.filter((event) => event.computerId === computerId));
    const parts = store(own, cuts).filter((part) => part.until > first && part.from < options.to);
    for (const part of parts) {
      const named = { computerId, heads: part.heads, floor };
      details.set(named, part.details);
      tally.stored.add(named);
    }
    const last = parts.at(-1);
    if (last) tally.stored.open({ computerId, floor }, last.carry);
    for (const { accountId, kindCode, at } of own) {
      if (at < (floor ?? -Infinity) || (last && at < last.until)) continue;
      tally.add(accountId, computerId, kindCode, at);
    }
  }
  tally.seen();
  for (const part of tally.stored.missing()) tally.stored.fill(part, details.get(part)!);
  expect(tally.stored.missing()).toEqual([]);
  return tally;
}

function fromStored(...given: Parameters<typeof tallyStored>): TimeSpentDayRow[] {
  return tallyStored(...given).finish(NAMES);
}

function finishAll(tally: TimeSpentTally, asked: TimeSpentRowsAsked): FinishedTimeSpent {
  const steps = tally.finishInSteps(NAMES, asked);
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
  }
}

const totalOf = (rows: readonly TimeSpentDayRow[], pick: (row: TimeSpentDayRow) => number) =>
  rows.reduce((sum, row) => sum + pick(row), 0);

const groupOf = ({ accountId, computerId }: TimeSpentRow) => `${accountId} ${computerId}`;

/** The row that the days of one account (and computer) come to. */
function folded(days: readonly TimeSpentDayRow[]) {
  const firsts = days.flatMap((row) => row.firstLogon ?? []);
  const lasts = days.flatMap((row) => row.lastLogoff ?? []);
  const activeMs = totalOf(days, (row) => row.activeMs);
  const lockedMs = totalOf(days, (row) => row.lockedMs);
  const uncertainMs = totalOf(days, (row) => row.uncertainMs);
  return {
    ...days[0]!,
    date: null,
    days: days.length,
    activeMs,
    lockedMs,
    uncertainMs,
    activeSeconds: Math.round(activeMs / 1000),
    lockedSeconds: Math.round(lockedMs / 1000),
    uncertainSeconds: Math.round(uncertainMs / 1000),
    sessions: totalOf(days, (row) => row.sessions),
    computers: days[0]!.rangeComputers,
    firstLogon: firsts.length === 0 ? null : Math.min(...firsts),
    lastLogoff: lasts.length === 0 ? null : Math.max(...lasts),
  };
}

/** Weeks at any pace, so that there are days with hours of work and days with minutes of it. */
const anyStoredWeek = fc
  .record({
    week: anyWeek("any"),
    pace: fc.constantFrom(1, 0.3, 0.05),
    step: fc.constantFrom(1, HOUR / 2),
    cuts: fc.array(fc.integer({ min: -24, max: 8 * 24 }), { maxLength: 4 }),
    shift: fc.integer({ min: -HOUR, max: HOUR }),
    floorAfter: fc.option(fc.integer({ min: -24 * HOUR, max: 4 * 24 * HOUR }), { nil: null }),
  })
  .map(({ week: { events, options }, pace, step, cuts, shift, floorAfter }) => ({
    options,
    events: events.map((event) => ({
      ...event,
      at: options.from + Math.round(((event.at - options.from) * pace) / step) * step,
    })),
    cuts: [...new Set(cuts)].toSorted((a, b) => a - b).map((hours) => options.from + hours * HOUR + shift),
    floor: floorAfter === null ? null : options.from + floorAfter,
  }));

describe("stored time", () => {
  it("counts as the engine counts all events, whatever is stored, asked and deleted", () => {
    fc.assert(
      fc.property(anyStoredWeek, ({ events, options, cuts, floor }) => {
        const left = events.filter(({ at }) => floor === null || at >= floor);
        expect(fromStored(events, options, { cuts, floor })).toEqual(computeTimeSpent(left, options, NAMES));
      }),
      { numRuns: 3_000 },
    );
  }, 240_000);

  it("tells of a whole range what its days come to, and of each day what all rows have of it", () => {
    fc.assert(
      fc.property(anyStoredWeek, ({ events, options, cuts, floor }) => {
        const days = fromStored(events, options, { cuts, floor });
        const whole = finishAll(tallyStored(events, options, { cuts, floor }), { per: "range" });
        const byGroup = new Map(whole.rows.map((row) => [groupOf(row), row]));
        const groups = new Map(
          days.map((row) => [groupOf(row), folded(days.filter((other) => groupOf(other) === groupOf(row)))]),
        );
        expect(byGroup).toEqual(groups);
        expect(byGroup.size).toBe(whole.rows.length);
        for (const [date, spent] of whole.times) {
          const own = days.filter((row) => row.date === date);
          expect(spent).toEqual({
            activeMs: totalOf(own, (row) => row.activeMs),
            lockedMs: totalOf(own, (row) => row.lockedMs),
            uncertainMs: totalOf(own, (row) => row.uncertainMs),
          });
        }
        expect(whole.times.size).toBe(new Set(days.map(({ date }) => date)).size);
      }),
      { numRuns: 500 },
    );
  }, 120_000);

  it("keeps only rows of the names asked for, in the days' times as well", () => {
    fc.assert(
      fc.property(anyStoredWeek, fc.constantFrom("day", "range"), ({ events, options, cuts, floor }, per) => {
        const keeps: TimeSpentRowsAsked["keeps"] = ({ userName }) => userName === "account 2";
        const all = fromStored(events, options, { cuts, floor });
        const kept = finishAll(tallyStored(events, options, { cuts, floor }), { per, keeps });
        const own = all.filter(({ accountId }) => accountId === 2);
        expect(kept.rows.reduce((total, { days }) => total + days, 0)).toBe(own.length);
        const sum = [...kept.times.values()].reduce((total, { activeMs }) => total + activeMs, 0);
        expect(sum).toBe(totalOf(own, (row) => row.activeMs));
        expect(kept.rows.every(({ accountId }) => accountId === 2)).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it("gives some accounts what it gives them among all", () => {
    fc.assert(
      fc.property(anyStoredWeek, ({ events, options, cuts }) => {
        const rows = fromStored(events, options, { cuts, floor: null, accountIds: [2] });
        const all = computeTimeSpent(events, options, NAMES);
        expect(rows.filter(({ accountId }) => accountId === 2)).toEqual(
          all.filter(({ accountId }) => accountId === 2),
        );
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it("is the same made at once and made day after day", () => {
    fc.assert(
      fc.property(anyStoredWeek, ({ events, options, cuts }) => {
        const last = cuts.slice(-1);
        expect(fromStored(events, options, { cuts, floor: null })).toEqual(
          fromStored(events, options, { cuts: last, floor: null }),
        );
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it("needs no details for a working day on one computer", () => {
    const day = Date.UTC(2025, 4, 26);
    const writer = new BlockWriter();
    for (let hour = 8; hour < 17; hour += 1) {
      writer.add(1, 2, day + hour * HOUR);
      writer.add(1, 4, day + (hour + 0.75) * HOUR);
    }
    writer.add(1, 6, day + 17 * HOUR);
    const tally = new TimeSpentTally({
      from: day,
      to: day + 24 * HOUR,
      maxSessionHours: 16,
      timeZone: "Europe/London" as TimeSpentOptions["timeZone"],
      groupBy: "user",
      splitAtMidnight: true,
    });
    tally.stored.add({ computerId: 11, heads: writer.cut().heads, floor: null });
    tally.seen();
    expect(tally.stored.missing()).toEqual([]);
    expect(tally.finish(NAMES)).toMatchObject([
      { activeMs: 6.75 * HOUR, lockedMs: 2.25 * HOUR, sessions: 9, lastLogoff: day + 17 * HOUR },
    ]);
  });
});

const DAY = Date.UTC(2025, 4, 26);
const KINDS = { logon: 1, unlock: 2, lock: 4, logoff: 6 };

/** What account 1 did on the day, at these hours. */
function events(
  computerId: number,
  ...given: (readonly [kind: keyof typeof KINDS, hour: number])[]
): TimeSpentEvent[] {
  return given.map(([kind, hour], order) => ({
    accountId: 1,
    computerId,
    kindCode: KINDS[kind],
    at: DAY + hour * HOUR,
    order,
  }));
}

function until(hour: number): TimeSpentOptions {
  return {
    from: DAY,
    to: DAY + hour * HOUR,
    maxSessionHours: 16,
    timeZone: "Europe/London" as TimeSpentOptions["timeZone"],
    groupBy: "user",
    splitAtMidnight: true,
  };
}

/** The morning of a computer: two active stretches, the second until nine. */
const MORNING = [
  ["logon", 8],
  ["lock", 8.5],
  ["unlock", 8.75],
  ["lock", 9],
] as const satisfies Parameters<typeof events>[1][];

/** The computers whose details are needed, all events being stored. */
function computersOpened(all: readonly TimeSpentEvent[], options: TimeSpentOptions): number[] {
  const tally = new TimeSpentTally(options);
  for (const computerId of [11, 12]) {
    const own = all.filter((event) => event.computerId === computerId);
    for (const { heads } of store(own, [DAY + 48 * HOUR]))
      tally.stored.add({ computerId, heads, floor: null });
  }
  tally.seen();
  return tally.stored.missing().map(({ computerId }) => computerId);
}

describe("a block of stored time", () => {
  it.each([
    [
      "that a lost logoff makes uncertain",
      [
        ["unlock", 9],
        ["logon", 12],
        ["logoff", 13],
      ],
      [24],
    ],
    [
      "that goes on beyond what is stored",
      [
        ["unlock", 9],
        ["logoff", 10],
      ],
      [9.5, 24],
    ],
  ] as const)("is one session with a stretch that begins as it ends, and %s", (_, behind, cutHours) => {
    const all = events(11, ...MORNING, ...behind);
    const cuts = cutHours.map((hour) => DAY + hour * HOUR);
    const rows = fromStored(all, until(11), { cuts, floor: null });
    expect(rows).toEqual(computeTimeSpent(all, until(11), NAMES));
    expect(rows).toMatchObject([{ sessions: 2 }]);
  });

  it("needs no details where a pause parts it from a stretch without a known end", () => {
    const all = events(11, ...MORNING, ["unlock", 9.25], ["logon", 14], ["logoff", 15]);
    expect(computersOpened(all, until(24))).toEqual([]);
    expect(fromStored(all, until(11), { cuts: [DAY + 24 * HOUR], floor: null })).toEqual(
      computeTimeSpent(all, until(11), NAMES),
    );
  });

  it("needs details only if itself meets time on another computer", () => {
    const all = [
      ...events(11, ...MORNING, ["unlock", 9.25], ["logon", 20], ["logoff", 21]),
      ...events(12, ["logon", 13], ["lock", 14], ["unlock", 14.25], ["logoff", 15]),
    ];
    expect(computersOpened(all, until(24))).toEqual([12]);
    expect(fromStored(all, until(24), { cuts: [DAY + 48 * HOUR], floor: null })).toEqual(
      computeTimeSpent(all, until(24), NAMES),
    );
  });
});

describe("numbers in few bytes", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (numbers) => {
        const writer = new ByteWriter();
        for (const number of numbers) {
          writer.putSigned(Math.trunc(number / 2));
          writer.put(Math.abs(number));
        }
        const reader = new ByteReader(writer.take());
        for (const number of numbers) {
          expect(reader.takeSigned()).toBe(Math.trunc(number / 2) + 0);
          expect(reader.take()).toBe(Math.abs(number));
        }
        expect(reader.isAtEnd).toBe(true);
      }),
    );
  });
});
