import { describe, expect, it } from "vitest";
import {
  awayIn,
  withoutGone,
  type FleetAsked,
  type FleetComputer,
  type FleetMemory,
  type LastWord,
} from "@/lib/domain/detections/fleet-memory";
import { withProof } from "@/lib/domain/detections/fleet-proof";
import { findQuiet, judgeFleet } from "@/lib/domain/detections/judge-fleet";
import { FLEET_RULES, settingsOf } from "@/lib/domain/detections/rules";
import { ianaZone, localDateOf } from "@/lib/domain/zones";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UTC = ianaZone("UTC");
const NOW = Date.parse("2026-03-10T12:00:00Z");
const newDays = (): FleetAsked["days"] =>
  new Map(FLEET_RULES.map(({ name }) => [name, { opened: 0, held: 0 }]));
const asked: Omit<FleetAsked, "days"> = {
  settings: settingsOf([]),
  exceptions: [],
  silentAfterMinutes: 1440,
  today: localDateOf(NOW, UTC),
};

type Seen = FleetComputer & LastWord;

function computer(id: number, more: Partial<Seen> = {}): Seen {
  return {
    id,
    siteId: 1,
    firstSeenAt: NOW - 90 * DAY,
    lastSeenAt: NOW,
    lastHealthAt: NOW,
    clockSkewMs: 0,
    lost: 0,
    isOff: false,
    rightAt: null,
    ...more,
  };
}

const quietFor = (minutes: number, more: Partial<Seen> = {}) =>
  computer(1, { lastSeenAt: NOW - minutes * MINUTE, ...more });
const others = [computer(2), computer(3)];

/** One look, with the last words of those alone that are named quiet. */
function look(
  computers: readonly Seen[],
  memory: FleetMemory | null = null,
  now = NOW,
  own: Omit<FleetAsked, "days"> & Partial<FleetAsked> = asked,
) {
  const wanted = { days: newDays(), ...own };
  const quiet = new Map(findQuiet(memory, computers, wanted, now).map((one) => [one.id, one]));
  const words = computers.flatMap(({ id, isOff, rightAt }): [number, LastWord][] =>
    quiet.has(id) ? [[id, { isOff, rightAt: quiet.get(id)!.wasAhead ? rightAt : null }]] : [],
  );
  const judged = judgeFleet(memory, computers, wanted, now, new Map(words));
  const newest = new Map(computers.map(({ id }) => [id, { id: id * 100, at: NOW - HOUR }]));
  return { ...judged, alerts: judged.alerts.map((draft) => withProof(draft, newest)) };
}

describe("a silenced agent", () => {
  it("doesn't take computers that fall silent together for ones that report", () => {
    const impatient = {
      ...asked,
      settings: settingsOf([{ rule: "agent-silenced", isOn: true, values: { minutes: 15 } }]),
    };
    const silent = [0, 2, 5].map((less, place) =>
      computer(place + 1, { lastSeenAt: NOW - (17 - less) * MINUTE }),
    );
    expect(look(silent, null, NOW, impatient).alerts).toEqual([]);
    expect(look([silent[0]!, computer(2)], null, NOW, impatient).alerts).toEqual([]);
    expect(look([silent[0]!, ...others], null, NOW, impatient).alerts).toMatchObject([
      { computerId: 1, count: 2 },
    ]);
  });

  it.each([
    ["a moment too short", [quietFor(119.99), ...others], 0],
    ["two hours", [quietFor(120), ...others], 1],
    ["longer", [quietFor(300), ...others], 1],
    ["more than a day longer, which is history", [quietFor(120 + 1_441), ...others], 0],
    ["after a shutdown", [quietFor(300, { isOff: true }), ...others], 0],
    ["with one neighbour", [quietFor(300), computer(2)], 0],
    ["with neighbours elsewhere", [quietFor(300), computer(2, { siteId: 2 }), computer(3, { siteId: 2 })], 0],
    [
      "with neighbours that are silent too",
      [quietFor(300), ...others.map((one) => ({ ...one, lastSeenAt: NOW - HOUR }))],
      0,
    ],
    [
      "without health checks, before the company's patience ends",
      [quietFor(1_439, { lastHealthAt: null }), ...others],
      0,
    ],
    ["without health checks, after it", [quietFor(1_440, { lastHealthAt: null }), ...others], 1],
  ])("%s", (_, computers, count) => {
    expect(look(computers).alerts.filter(({ rule }) => rule === "agent-silenced")).toHaveLength(count);
  });

  it("is told once a silence, with the last word of the computer and of those that report", () => {
    const computers = [quietFor(150), ...others];
    const first = look(computers);
    expect(first.alerts).toMatchObject([
      {
        subjectKey: "computer:1",
        firstAt: NOW - 150 * MINUTE,
        sinceAt: NOW - 30 * MINUTE,
        count: 2,
        threshold: 2,
        windowMinutes: 120,
        eventIds: [100, 200, 300],
      },
    ]);
    const second = look(computers, first.memory, NOW + MINUTE);
    expect(second.alerts).toEqual([]);
    const again = look([quietFor(130), ...others], second.memory, NOW + 2 * MINUTE);
    expect(again.alerts).toHaveLength(1);
  });

  it("is not looked for right after the servers were away", () => {
    const computers = [quietFor(150), ...others];
    const { memory } = look(others, null, NOW - 3 * HOUR);
    const back = look(computers, memory);
    expect(back.alerts).toEqual([]);
    const at = (minutes: number) =>
      computers.map((one) => (one.id === 1 ? one : { ...one, lastSeenAt: NOW + minutes * MINUTE }));
    const soon = look(at(8), back.memory, NOW + 8 * MINUTE);
    expect(soon.alerts).toEqual([]);
    expect(look(at(15), soon.memory, NOW + 15 * MINUTE).alerts).toHaveLength(1);
  });

  it("is as the company says, and nothing of a computer that is excepted or with the rule off", () => {
    const settings = settingsOf([
      { rule: "agent-silenced", isOn: true, values: { minutes: 30, threshold: 1 } },
    ]);
    const own = { ...asked, settings };
    expect(look([quietFor(30), computer(2)], null, NOW, own).alerts).toHaveLength(1);
    const exception = {
      rule: "agent-silenced" as const,
      accountId: null,
      address: null,
      siteId: null,
      endsAt: null,
    };
    expect(
      look([quietFor(30), computer(2)], null, NOW, { ...own, exceptions: [{ ...exception, computerId: 1 }] })
        .alerts,
    ).toEqual([]);
    const off = settingsOf([{ rule: "agent-silenced", isOn: false, values: {} }]);
    expect(look([quietFor(150), ...others], null, NOW, { ...asked, settings: off }).alerts).toEqual([]);
  });
});

describe("a computer whose clock was ahead", () => {
  const reporting = (minutes: number) => {
    const now = NOW + minutes * MINUTE;
    return [2, 3].map((id) => computer(id, { lastSeenAt: now, lastHealthAt: now }));
  };
  const ahead = (more: Partial<Seen> = {}) => computer(1, { lastSeenAt: NOW + 23 * HOUR, ...more });

  /** Silences that looks every 5 minutes find: the minute of the look, and the one of which it says that it was last heard. */
  function silences(hours: number, seenAt: (minutes: number) => Seen[]): [number, number][] {
    let memory: FleetMemory | null = null;
    const found: [number, number][] = [];
    for (let minutes = 0; minutes <= hours * 60; minutes += 5) {
      const judged = look(seenAt(minutes), memory, NOW + minutes * MINUTE);
      memory = JSON.parse(JSON.stringify(judged.memory)) as FleetMemory;
      for (const { rule, firstAt } of judged.alerts) {
        if (rule === "agent-silenced") found.push([minutes, (firstAt - NOW) / MINUTE]);
      }
    }
    return found;
  }

  it("is silent from the first look at its time on, and told once, also when that time has come", () => {
    expect(silences(50, (minutes) => [ahead(), ...reporting(minutes)])).toEqual([[120, 0]]);
  });

  it("counts from the last time that changed", () => {
    const lastSeenAt = (minutes: number) => NOW + 23 * HOUR + Math.min(minutes, 60) * MINUTE;
    expect(
      silences(4, (minutes) => [ahead({ lastSeenAt: lastSeenAt(minutes) }), ...reporting(minutes)]),
    ).toEqual([[180, 60]]);
  });

  it("is heard at health checks, which the server dates, and at events with the right time", () => {
    const until = (minutes: number) => NOW + Math.min(minutes, 300) * MINUTE;
    for (const name of ["lastHealthAt", "rightAt"] as const) {
      const found = silences(10, (minutes) => [ahead({ [name]: until(minutes) }), ...reporting(minutes)]);
      expect(found).toEqual([[420, 300]]);
    }
  });

  it("is not silent after a shutdown", () => {
    expect(silences(4, (minutes) => [ahead({ isOff: true }), ...reporting(minutes)])).toEqual([]);
  });

  it("is none of those that report once it is no longer heard", () => {
    const away = [2, 3].map((id) => computer(id, { lastSeenAt: NOW + 20 * HOUR }));
    expect(silences(22, () => [computer(1), ...away])).toEqual([]);
  });
});

describe("a moved clock", () => {
  const skewed = (minutes: number) => [computer(1, { clockSkewMs: minutes * MINUTE })];

  it.each([
    [5, 0],
    [5.01, 1],
    [-5, 0],
    [-5.01, 1],
    [600, 1],
  ])("off by %s minutes: %s", (minutes, count) => expect(look(skewed(minutes)).alerts).toHaveLength(count));

  it("is told once until it is right again", () => {
    const first = look(skewed(6));
    expect(first.alerts).toMatchObject([
      {
        rule: "clock-moved",
        compared: { aheadMs: 6 * MINUTE, limit: 5 },
        eventIds: [100],
        firstAt: NOW - HOUR,
        sinceAt: NOW,
        lastAt: NOW,
      },
    ]);
    const edge = look(skewed(4.5), first.memory, NOW + MINUTE);
    const still = look(skewed(7), edge.memory, NOW + 2 * MINUTE);
    expect([...edge.alerts, ...still.alerts]).toEqual([]);
    const right = look(skewed(0), still.memory, NOW + 3 * MINUTE);
    expect(look(skewed(-9), right.memory, NOW + 4 * MINUTE).alerts).toHaveLength(1);
  });

  it("is told once although the computer is away for long, until it is deleted", () => {
    const first = look(skewed(6));
    const away = look(others, first.memory, NOW + 20 * DAY);
    const back = NOW + 40 * DAY;
    const late = [computer(1, { clockSkewMs: 6 * MINUTE, lastSeenAt: back })];
    expect(look(late, away.memory, back).alerts).toEqual([]);
    expect(awayIn(away.memory, others)).toEqual([1]);
    const gone = withoutGone({ ...away.memory, lost: { 1: 5, 2: 6 } }, new Set([1]));
    expect(gone).toEqual({ ...away.memory, lost: { 2: 6 }, clocks: {} });
  });

  it("of a computer that is long gone is history", () => {
    expect(look([computer(1, { clockSkewMs: HOUR, lastSeenAt: NOW - 2 * DAY, isOff: true })]).alerts).toEqual(
      [],
    );
  });
});

describe("lost events", () => {
  const lost = (count: number, more: Partial<Seen> = {}) => [computer(1, { lost: count, ...more })];
  const after = (...counts: number[]) =>
    counts.reduce<{ told: number[]; memory: FleetMemory | null }>(
      ({ told, memory }, count, place) => {
        const step = look(lost(count), memory, NOW + place * MINUTE);
        return { told: [...told, step.alerts[0]?.count ?? 0], memory: step.memory };
      },
      { told: [], memory: null },
    ).told;

  it("of before the first look are history, but not those of a new computer", () => {
    expect(after(7, 7)).toEqual([0, 0]);
    expect(look(lost(7, { firstSeenAt: NOW - HOUR })).alerts).toMatchObject([
      { rule: "events-lost", count: 7 },
    ]);
  });

  it("are one alert a day that grows", () => {
    expect(after(0, 3, 3, 10)).toEqual([0, 3, 0, 10]);
    const { memory } = look(lost(0));
    const first = look(lost(3), memory, NOW + MINUTE);
    const second = look(lost(5), first.memory, NOW + HOUR);
    expect(second.alerts[0]!.key).toBe(first.alerts[0]!.key);
    const third = look(lost(6), second.memory, NOW + HOUR + DAY + 1);
    expect(third.alerts).toMatchObject([{ count: 1 }]);
    expect(third.alerts[0]!.key).not.toBe(first.alerts[0]!.key);
  });

  it("of an agent that was installed anew count from zero", () => expect(after(9, 12, 2)).toEqual([0, 3, 5]));

  it("below the threshold are gathered until they reach it", () => {
    const settings = settingsOf([{ rule: "events-lost", isOn: true, values: { threshold: 10 } }]);
    let memory = look(lost(0)).memory;
    const told = [4, 9, 10, 11].map((count, place) => {
      const step = look(lost(count), memory, NOW + place * MINUTE, { ...asked, settings });
      memory = step.memory;
      return step.alerts[0]?.count ?? 0;
    });
    expect(told).toEqual([0, 0, 10, 11]);
  });

  it("are remembered of a computer that is away", () => {
    const { memory } = look(lost(5, { firstSeenAt: NOW - HOUR }));
    const away = look([], memory, NOW + DAY);
    expect(look(lost(5), away.memory, NOW + 2 * DAY).alerts).toEqual([]);
  });
});

it("a rule that makes more than fifty alerts a day keeps the rest back", () => {
  const many = Array.from({ length: 60 }, (_, place) =>
    computer(place + 1, { clockSkewMs: HOUR, lost: 5, firstSeenAt: NOW - HOUR }),
  );
  const days = newDays();
  const first = look(many, null, NOW, { ...asked, days });
  expect(first.alerts.filter(({ rule }) => rule === "clock-moved")).toHaveLength(50);
  expect(days.get("clock-moved")).toEqual({ opened: 50, held: 10 });
  expect(days.get("events-lost")).toEqual({ opened: 50, held: 10 });
  const grown = many.map((one) => ({ ...one, lost: 6 }));
  const second = look(grown, first.memory, NOW + MINUTE, { ...asked, days });
  expect(second.alerts).toHaveLength(50);
  expect(days.get("events-lost")).toEqual({ opened: 50, held: 10 });
  expect(days.get("clock-moved")).toEqual({ opened: 50, held: 10 });
  const nextDay = { ...asked, today: localDateOf(NOW + DAY, UTC), days: newDays() };
  const third = look(grown, second.memory, NOW + 12 * HOUR, nextDay);
  expect(third.alerts.map(({ rule, count }) => [rule, count])).toEqual(
    Array.from({ length: 10 }, () => [
      ["clock-moved", 1],
      ["events-lost", 6],
    ]).flat(),
  );
  expect(look(grown, third.memory, NOW + 12 * HOUR + MINUTE, nextDay).alerts).toEqual([]);
});

describe("what a rule doesn't count at first", () => {
  const none = { accountId: null, address: null, siteId: null };
  const rules = ["agent-silenced", "clock-moved", "events-lost"] as const;
  const except = (endsAt: number | null) => ({
    ...asked,
    exceptions: rules.map((rule) => ({ ...none, rule, computerId: 1, endsAt })),
  });
  const off = rules.map((rule) => ({ rule, isOn: false, values: {} }));
  type Found = [minutes: number, rule: string, count: number];
  // Losses of that time don't count, and there are two more at minute 80.
  const lostLater: Found = [80, "events-lost", 2];
  const atSeventy: Found[] = [[70, "agent-silenced", 2], [70, "clock-moved", 1], lostLater];

  it.each([
    ["with the computer excepted until minute 70", except(null), atSeventy],
    ["with the rules off until minute 70", { ...asked, settings: settingsOf(off) }, atSeventy],
    [
      "with an exception that ends at minute 30",
      except(NOW + HOUR / 2),
      [[30, "clock-moved", 1], [60, "agent-silenced", 2], lostLater] satisfies Found[],
    ],
  ])("is found later if it lasts, %s", (_, own, expected) => {
    const odd = quietFor(60, { clockSkewMs: HOUR, lost: 5, firstSeenAt: NOW - HOUR });
    let memory = look([odd, ...others], null, NOW, own).memory;
    const found: Found[] = [];
    for (let minutes = 5; minutes <= 90; minutes += 5) {
      const now = NOW + minutes * MINUTE;
      const seen = [
        { ...odd, lost: minutes < 80 ? 5 : 7 },
        ...others.map((each) => ({ ...each, lastSeenAt: now })),
      ];
      const judged = look(seen, memory, now, minutes < 70 ? own : asked);
      memory = judged.memory;
      for (const { rule, count } of judged.alerts) found.push([minutes, rule, count]);
    }
    expect(found).toEqual(expected);
  });
});
