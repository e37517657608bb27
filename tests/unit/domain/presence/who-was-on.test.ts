import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ACTING_KINDS,
  codesOf,
  DECIDING_KINDS,
  KIND_CODE,
  PAUSE_KINDS,
  POWER_KINDS,
  SESSION_KINDS,
  type EventKind,
} from "@/lib/domain/events/kinds";
import { momentEnd, openAt, whoWasOn, type MomentAsk } from "@/lib/domain/presence/who-was-on";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import { anyWeek } from "../time-spent/random-weeks";
import { computeStretches } from "../../../support/compute-stretches";

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 0, 5);
const ANNA = 1;
const BERT = 2;
const PC = 11;
const RDS = 12;

type Told = readonly [hour: number, kind: EventKind, accountId?: number, computerId?: number];

function eventsOf(told: readonly Told[]): TimeSpentEvent[] {
  return told.map(([hour, kind, accountId = ANNA, computerId = PC], order) => {
    return { accountId, computerId, kindCode: KIND_CODE[kind], at: DAY + hour * HOUR, order };
  });
}

/** `account computer state since-until`, hours of the day; a star where nothing has ended it. */
function tell(told: readonly Told[], hour: number, nowHour = 100): string[] {
  const ask = { at: DAY + hour * HOUR, now: DAY + nowHour * HOUR, maxSessionHours: 16 };
  return whoWasOn(eventsOf(told), ask).map((stretch) => {
    const [from, to] = [stretch.from, stretch.to].map((at) => Number(((at - DAY) / HOUR).toFixed(3)));
    const { accountId, computerId, kind, isOpen } = stretch;
    return `${accountId} ${computerId} ${kind} ${from}-${to}${isOpen ? "*" : ""}`;
  });
}

const ORDINARY: Told[] = [
  [8, "logon"],
  [12, "lock"],
  [13, "unlock"],
  [17, "logoff"],
];

describe("who was on", () => {
  it.each<[string, Told[], number, string[]]>([
    ["before the logon nobody", ORDINARY, 7.99, []],
    ["from the instant of the logon on", ORDINARY, 8, ["1 11 active 8-12"]],
    ["locked between lock and unlock", ORDINARY, 12, ["1 11 locked 12-13"]],
    ["active again", ORDINARY, 16.999, ["1 11 active 13-17"]],
    ["from the instant of the logoff on nobody", ORDINARY, 17, []],
    [
      "a shutdown ends it for everybody, whoever it names",
      [
        [8, "logon"],
        [8.5, "logon", BERT],
        [10, "shutdown", BERT],
        [11, "lock"],
      ],
      9,
      ["1 11 active 8-10", "2 11 active 8.5-10"],
    ],
    [
      "after the shutdown nobody",
      [
        [8, "logon"],
        [10, "shutdown", BERT],
        [11, "lock"],
      ],
      10,
      [],
    ],
    [
      "a sleep locks everybody",
      [
        [8, "logon"],
        [9, "sleep", BERT],
        [12, "unlock"],
      ],
      10,
      ["1 11 locked 9-12"],
    ],
    [
      "what was active at a startup is uncertain",
      [
        [8, "logon"],
        [12, "startup", BERT],
      ],
      10,
      ["1 11 uncertain 8-12"],
    ],
    [
      "a second logon makes the first uncertain",
      [
        [8, "logon"],
        [12, "logon"],
        [13, "logoff"],
      ],
      9,
      ["1 11 uncertain 8-12"],
    ],
    [
      "longer than the longest session is uncertain, and nothing afterwards",
      [
        [0, "logon"],
        [20, "logoff"],
      ],
      15,
      ["1 11 uncertain 0-16"],
    ],
    [
      "after the longest session nobody",
      [
        [0, "logon"],
        [20, "logoff"],
      ],
      16,
      [],
    ],
    [
      "without an end it is uncertain once the longest session is over",
      [[8, "logon"]],
      9,
      ["1 11 uncertain 8-24*"],
    ],
    [
      "a pause that nothing ended holds for the longest session",
      [
        [8, "logon"],
        [9, "lock"],
      ],
      24.9,
      ["1 11 locked 9-25*"],
    ],
    [
      "and no longer",
      [
        [8, "logon"],
        [9, "lock"],
      ],
      25,
      [],
    ],
    [
      "a pause over the weekend is one, since its end is known",
      [
        [8, "logon"],
        [17, "lock"],
        [80, "unlock"],
      ],
      30,
      ["1 11 locked 17-80"],
    ],
    [
      "a pause whose session began more than the longest session before the moment is known",
      [
        [-6, "logon"],
        [8, "lock"],
        [15, "unlock"],
      ],
      14,
      ["1 11 locked 8-15"],
    ],
    [
      "a pause over a long weekend is one to its end, however long ago its session began",
      [
        [-100, "logon"],
        [-95, "lock"],
        [15, "unlock"],
      ],
      14,
      ["1 11 locked -95-15"],
    ],
    [
      "also when it was a holiday of six weeks",
      [
        [8, "logon"],
        [9, "lock"],
        [1009, "unlock"],
      ],
      40,
      ["1 11 locked 9-1009"],
    ],
    [
      "one account is on several computers",
      [
        [8, "logon"],
        [9, "remote_connect", ANNA, RDS],
        [10, "remote_disconnect", ANNA, RDS],
        [11, "logoff"],
        [12, "logoff", ANNA, RDS],
      ],
      10.5,
      ["1 11 active 8-11", "1 12 locked 10-12"],
    ],
    [
      "a failed logon or a wake puts nobody on",
      [
        [8, "logon_failed"],
        [8, "wake"],
        [8, "lockout"],
      ],
      8,
      [],
    ],
  ])("%s", (_, told, hour, expected) => {
    expect(tell(told, hour, Math.max(100, told.at(-1)![0] + 1))).toEqual(expected);
  });

  it("is open up to now for whoever is still there, also at this very moment", () => {
    expect(tell([[8, "logon"]], 10, 10)).toEqual(["1 11 active 8-10*"]);
    expect(tell([[8, "logon"]], 9, 10)).toEqual(["1 11 active 8-10*"]);
    expect(
      tell(
        [
          [8, "logon"],
          [9, "lock"],
        ],
        10,
        10,
      ),
    ).toEqual(["1 11 locked 9-10*"]);
  });

  it("names the events that opened and closed a stretch", () => {
    const ask = { at: DAY + 12.5 * HOUR, now: DAY + 100 * HOUR, maxSessionHours: 16 };
    expect(whoWasOn(eventsOf(ORDINARY), ask)).toMatchObject([{ openedBy: 1, closedBy: 2 }]);
  });
});

const anyMoment = anyWeek("any").chain(({ events, options }) =>
  fc
    .record({
      at: fc.oneof(
        fc.integer({ min: options.from, max: options.to }),
        fc.constantFrom(...(events.length > 0 ? events.map((event) => event.at) : [options.from])),
      ),
      wait: fc.constantFrom(0, HOUR, 20 * HOUR, 40 * 24 * HOUR),
    })
    .map(({ at, wait }) => {
      return { events, ask: { at, now: at + wait, maxSessionHours: options.maxSessionHours } };
    }),
);

describe("who was on in random weeks", () => {
  it("is whoever has a stretch of the Time Spent engine at the moment, or a pause that still lasts", () => {
    fc.assert(
      fc.property(anyMoment, ({ events, ask }) => {
        const { at, maxSessionHours, now } = ask;
        const until = momentEnd(ask);
        const longest = maxSessionHours * HOUR;
        // Now is one millisecond later for the engine, so that what is open now reaches beyond the moment.
        const range = { from: 0, to: until, maxSessionHours, now: Math.max(now, at + 1) };
        const counted = computeStretches(events, range).filter(({ from, to }) => from <= at && at < to);
        const found = whoWasOn(events, ask);
        const key = (stretch: { accountId: number; computerId: number; kind: string; to: number }) =>
          `${stretch.accountId} ${stretch.computerId} ${stretch.kind} ${stretch.to}`;
        const openPauses = found.filter(({ kind, isOpen }) => kind === "locked" && isOpen);
        const others = found.filter((stretch) => !openPauses.includes(stretch));
        expect(others.map(key).toSorted()).toEqual(counted.map(key).toSorted());
        for (const pause of openPauses) {
          expect(at - pause.from).toBeLessThan(longest);
          // An end right after it would have proved it.
          const { accountId, computerId } = pause;
          const end = { accountId, computerId, kindCode: KIND_CODE.logoff, at: until - 1, order: 1e6 };
          const proved = computeStretches([...events, end], range);
          const isProved = proved.some((stretch) => key(stretch) === key({ ...pause, to: until - 1 }));
          expect(isProved || until - 1 <= at).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("needs, of what comes after the moment, only what first ends what is open at it", () => {
    fc.assert(
      fc.property(anyMoment, ({ events, ask }) => {
        expect(whoWasOn(neededOf(events, ask), ask)).toEqual(whoWasOn(events, ask));
      }),
      { numRuns: 500 },
    );
  });
});

const byTime = (a: TimeSpentEvent, b: TimeSpentEvent) => a.at - b.at || a.order - b.order;

/** What the service reads. */
function neededOf(events: readonly TimeSpentEvent[], ask: MomentAsk): TimeSpentEvent[] {
  const sorted = events.toSorted(byTime);
  const past = sorted.filter(({ at }) => at <= ask.at);
  const later = sorted.filter(({ at }) => at > ask.at && at < momentEnd(ask));
  const isOf = (kinds: ReadonlySet<EventKind>) => {
    const codes = codesOf(kinds);
    return ({ kindCode }: TimeSpentEvent) => codes.includes(kindCode);
  };
  const isSleep = isOf(new Set<EventKind>(["sleep"]));
  const seats = new Map(
    past.filter(isOf(SESSION_KINDS)).map((event) => [`${event.accountId} ${event.computerId}`, event]),
  );
  const before = [...seats.values()].flatMap(({ accountId, computerId }) => {
    const onComputer = past.filter((event) => event.computerId === computerId);
    const own = onComputer.filter((event) => event.accountId === accountId);
    const decided = own.findLast(isOf(DECIDING_KINDS));
    if (!decided) return [];
    const since = (event: TimeSpentEvent) => byTime(event, decided) > 0;
    return [
      decided,
      own.filter(isOf(PAUSE_KINDS)).find(since),
      onComputer.filter(isSleep).find(since),
      onComputer.filter(isOf(POWER_KINDS)).find(since),
    ].filter((event) => event !== undefined);
  });
  const open = openAt(before, ask);
  const next = open.flatMap(({ accountId, computerId, isPaused }) => {
    const onComputer = later.filter((event) => event.computerId === computerId);
    const own = onComputer.filter((event) => event.accountId === accountId);
    return [
      own.find(isOf(isPaused ? DECIDING_KINDS : SESSION_KINDS)),
      onComputer.find(isSleep),
      onComputer.find(isOf(POWER_KINDS)),
    ].filter((event) => event !== undefined);
  });
  return [...new Set([...before, ...next])].filter(isOf(ACTING_KINDS));
}
