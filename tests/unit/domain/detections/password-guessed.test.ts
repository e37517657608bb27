import { describe, expect, it } from "vitest";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { askRules } from "@/lib/domain/detections/engine";
import type { GuessedMemory } from "@/lib/domain/detections/guessed-memory";
import type { Asked, Memories } from "@/lib/domain/detections/memories";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { CONTEXT, failure, logon, MINUTE, START, stored } from "../../../support/seen-events";
import { series } from "../../../support/series";

const HOUR = 60;
const DAY = 24 * HOUR;
const asked: Asked = { settings: settingsOf([]), exceptions: [], context: CONTEXT };
const MEMORY = "password-guessed account:1";

function ask(events: readonly SeenEvent[], memories: Memories = new Map()) {
  const { alerts } = askRules(stored(events), memories, asked);
  const of = (rule: string) => [...alerts.values()].filter((alert) => alert.rule === rule);
  return { guessed: of("password-guessed"), runs: of("password-guessing") };
}

/** Failures every other minute, from one minute up to another. */
const guesses = (from: number, to: number) =>
  Array.from({ length: (to - from) / 2 + 1 }, (_, place) => failure(from + place * 2));
const inOrder = (...events: SeenEvent[]) => events.toSorted((a, b) => a.at - b.at);
const minuteOf = (at: number) => Math.round((at - START) / MINUTE);
const shown = ({ sinceAt, lastAt, compared, count }: AlertDraft) => ({
  from: minuteOf(sinceAt),
  to: minuteOf(lastAt),
  logons: compared.logons,
  failures: count - Number(compared.logons),
});

describe("logons while guesses go on", () => {
  it("are one alert a day, however long the guesses go on", () => {
    const logons = [60, 200, 1_400, 60 + DAY, 61 + DAY, 5 * DAY].map((minute) => logon(minute));
    const { guessed, runs } = ask(inOrder(...guesses(0, 6 * DAY), ...logons));
    expect(runs).toHaveLength(1);
    expect(guessed.map(shown)).toEqual([
      { from: 60, to: 60 + DAY, logons: 4, failures: 751 },
      { from: 61 + DAY, to: 61 + DAY, logons: 1, failures: 751 },
      { from: 5 * DAY, to: 5 * DAY, logons: 1, failures: 3_601 },
    ]);
    expect(new Set(guessed.map(({ key }) => key)).size).toBe(3);
  });

  it("are evidence, in the place of guesses, on whatever computer", () => {
    const on = [10, 20, 30].map((computerId, place) =>
      logon(1_000 + place, { computerId, siteId: 100 + (place % 2) }),
    );
    const events = inOrder(...guesses(0, 2 * DAY), ...on);
    const [alert] = ask(events).guessed;
    expect(alert).toMatchObject({ computerId: 10, siteId: null, computerIds: [10, 20, 30] });
    const ids = stored(events).flatMap(({ id, kind }) => (kind === "logon" ? [id] : []));
    expect(alert!.eventIds).toHaveLength(100);
    expect(alert!.eventIds.slice(-3)).toEqual(ids);
  });

  it("after another run on the same day are another alert", () => {
    const events = [...guesses(0, 8), logon(25), ...guesses(300, 308), logon(325), logon(330)];
    expect(ask(events).guessed.map(shown)).toEqual([
      { from: 25, to: 25, logons: 1, failures: 5 },
      { from: 325, to: 330, logons: 2, failures: 5 },
    ]);
  });

  it.each([
    ["share one of them", 45, 84],
    ["have one each, soon after each other", 30, 84],
  ])("are the same alert where two runs %s", (_, first, second) => {
    const tried = [1, 2, 3, 4, 5].map((accountId) =>
      failure(39 + accountId, { accountId, address: "10.0.3.8" }),
    );
    const events = inOrder(...guesses(0, 12), ...tried, logon(first), logon(second));
    expect(ask(events).guessed.map(shown)).toEqual([{ from: first, to: second, logons: 2, failures: 7 }]);
  });

  it("that arrive late, or whose guesses do, join their day", () => {
    const late = logon(100, { receivedAt: START + 600 * MINUTE });
    const events = [...guesses(0, 400), logon(410), late, logon(420)];
    expect(ask(events).guessed.map(shown)).toEqual([{ from: 100, to: 420, logons: 3, failures: 201 }]);
    expect(ask([logon(25), logon(30), ...guesses(0, 8)]).guessed.map(shown)).toEqual([
      { from: 25, to: 30, logons: 2, failures: 5 },
    ]);
  });
});

/** Ten days of guesses with pauses, and of logons; so many of these arrive hours late. */
function tenDays(seed: number, late: number): SeenEvent[] {
  const random = series(seed);
  const events: SeenEvent[] = [];
  for (let minute = 0; minute < 10 * DAY;) {
    const end = minute + random() ** 3 * 3 * DAY;
    for (; minute < end; minute += 0.5 + random() ** 2 * 9.4) {
      const delay = random() < late ? random() * 600 : 0;
      events.push(failure(minute, { receivedAt: START + (minute + delay) * MINUTE }));
    }
    minute += random() * DAY;
  }
  for (let minute = 0; minute < 10 * DAY; minute += 10 + random() * 400) {
    const delay = random() < late ? random() * 600 : 0;
    events.push(logon(minute, { receivedAt: START + (minute + delay) * MINUTE }));
  }
  return events.toSorted((a, b) => a.receivedAt - b.receivedAt);
}

describe("in days of guesses", () => {
  const seeds = Array.from({ length: 30 }, (_, seed) => seed + 1);

  it.each(seeds)("every logon that follows guesses is in one alert, and no other is (seed %i)", (seed) => {
    const events = stored(tenDays(seed, 0.05));
    const { guessed, runs } = ask(events);
    const follows = ({ at }: SeenEvent) =>
      runs.some(({ sinceAt, lastAt }) => at >= sinceAt && at <= lastAt + 60 * MINUTE);
    const logons = new Map(events.filter(({ kind }) => kind === "logon").map((one) => [one.id, one]));
    expect(guessed.length).toBeGreaterThan(1);
    const counted = guessed.flatMap(({ eventIds }) => eventIds.filter((id) => logons.has(id)));
    expect(counted.toSorted((a, b) => a - b)).toEqual(
      [...logons.values()].filter(follows).map(({ id }) => id),
    );
    expect(guessed.map(({ compared }) => compared.logons)).toEqual(
      guessed.map(({ eventIds }) => eventIds.filter((id) => logons.has(id)).length),
    );
  });

  it.each(seeds)("a run opens one alert a day, and none is longer (seed %i)", (seed) => {
    const events = stored(tenDays(seed, 0));
    const { guessed, runs } = ask(events);
    const at = new Map(events.map((one) => [one.id, one.at]));
    for (const { sinceAt, lastAt } of runs) {
      const opened = guessed
        .map(({ key }) => at.get(key)!)
        .filter((one) => one >= sinceAt && one <= lastAt + 60 * MINUTE)
        .toSorted((a, b) => a - b);
      const pauses = opened.slice(1).map((one, place) => one - opened[place]!);
      expect(pauses.filter((pause) => pause <= DAY * MINUTE)).toEqual([]);
    }
    for (const { key, sinceAt, lastAt } of guessed) {
      expect(sinceAt).toBe(at.get(key)!);
      expect(lastAt).toBeLessThanOrEqual(at.get(key)! + DAY * MINUTE);
    }
  });
});

it("remembers a bounded amount, whatever anybody sends", () => {
  const size = 121;
  const events = Array.from({ length: 20_000 }, (_, place) => {
    // An hour of guesses and a logon after it, on a computer of its own; and again, two hours later.
    const minute = Math.floor(place / size) * 180 + (place % size) / 2;
    return place % size === size - 1 ? logon(minute, { computerId: place, siteId: place }) : failure(minute);
  });
  const memories: Memories = new Map();
  const { guessed } = ask(events, memories);
  expect(guessed.length).toBeGreaterThan(150);
  expect(JSON.stringify(memories.get(MEMORY)).length).toBeLessThan(40_000);
});

it("a memory of an earlier release tells nothing again, and the next day's logon", () => {
  const suspicion = {
    source: "password-guessing",
    runKey: "account:1 5",
    sinceAt: START + 20 * MINUTE,
    threshold: 5,
    firstAt: START,
    lastAt: START + 60 * MINUTE,
    receivedAt: START + 60 * MINUTE,
    count: 13,
    eventIds: [1, 2, 3],
    address: null,
    isTold: true,
  };
  const before = {
    suspicions: [suspicion],
    successes: [[50, START + 30 * MINUTE, START + 30 * MINUTE, 10, 100]],
    toldAt: [START + 30 * MINUTE],
  };
  const memories: Memories = new Map([[MEMORY, before]]);
  expect(ask([logon(300)], memories).guessed).toEqual([]);
  expect(ask([logon(100)], memories).guessed.map(shown)).toEqual([
    { from: 100, to: 100, logons: 1, failures: 13 },
  ]);
  expect(memories.get(MEMORY) as GuessedMemory).not.toHaveProperty("toldAt");
});
