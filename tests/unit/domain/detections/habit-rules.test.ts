import { describe, expect, it } from "vitest";
import { askRules } from "@/lib/domain/detections/engine";
import { settingsOf } from "@/lib/domain/detections/rules";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import {
  ask,
  days,
  DAY,
  HOUR,
  logon,
  london,
  NOW,
  times,
  tuned,
  usual,
  before,
} from "../../../support/habit-events";
import { CONTEXT, stored } from "../../../support/seen-events";

describe("the first time on a computer", () => {
  const rule = "first-time-on-computer";
  const there = (at = NOW, more: Partial<SeenEvent> = {}) => logon(at, { computerId: 20, ...more });
  const users = (count: number, at: number) =>
    Array.from({ length: count }, (_, place) => logon(at, { accountId: 50 + place, computerId: 20 }));

  it.each([
    [59, [20]],
    [60, []],
  ])("is told after %i computers: %j", (count, told) => {
    const earlier = Array.from({ length: count }, (_, place) =>
      logon(NOW - 30 * DAY + place, { computerId: 1_000 + place }),
    );
    const alerts = ask(rule, [...earlier, there()]).filter(({ firstAt }) => firstAt === NOW);
    expect(alerts.flatMap(({ computerIds }) => computerIds)).toEqual(told);
  });

  it("is told with the computers of 90 days, however many there were before", () => {
    const earlier = Array.from({ length: 60 }, (_, place) =>
      logon(NOW - 200 * DAY + place, { computerId: 1_000 + place }),
    );
    const alerts = ask(rule, [...earlier, logon(NOW - 20 * DAY, { computerId: 1_000 }), there()]);
    expect(alerts.filter(({ firstAt }) => firstAt === NOW)).toMatchObject([{ compared: { computers: 1 } }]);
  });

  it.each<[string, SeenEvent[], number]>([
    ["after 14 days", [logon(NOW - 14 * DAY), there()], 1],
    ["a moment before 14 days, with few logons", [logon(NOW - 14 * DAY + 1), there()], 0],
    [
      "after 10 logons in a day",
      [...Array.from({ length: 10 }, (_, n) => logon(NOW - (n + 1) * HOUR)), there()],
      1,
    ],
    [
      "after 9 logons in a day",
      [...Array.from({ length: 9 }, (_, n) => logon(NOW - (n + 1) * HOUR)), there()],
      0,
    ],
    ["of an account that is new altogether", [there()], 0],
    ["on a computer that 5 others used", [...users(5, NOW - DAY), logon(NOW - 20 * DAY), there()], 1],
    ["on a computer that 6 others used", [...users(6, NOW - DAY), logon(NOW - 20 * DAY), there()], 0],
    [
      "that 6 others used on the first of 30 days",
      [...users(6, NOW - 29 * DAY), logon(NOW - 20 * DAY), there()],
      0,
    ],
    ["that 6 others used 30 days ago", [...users(6, NOW - 30 * DAY), logon(NOW - 20 * DAY), there()], 1],
    ["that the account used 90 days ago", [there(NOW - 79 * DAY), there(NOW + 11 * DAY)], 0],
    ["that the account used 91 days ago", [there(NOW - 79 * DAY), there(NOW + 12 * DAY)], 1],
    ["by unlocking it", [...days(14), there(NOW, { kind: "unlock" })], 0],
    ["over the network", [...days(14), there(NOW, { logonType: 3 })], 0],
    ["by remote desktop", [...days(14), there(NOW, { kind: "remote_connect", logonType: 10 })], 1],
    ["again", [...days(14), there(), there(NOW + HOUR)], 1],
  ])("%s", (_, events, count) => {
    const found = events.findIndex(
      ({ computerId, accountId, at }) => computerId === 20 && accountId === 1 && at >= NOW,
    );
    const { at } = events[found] ?? before;
    expect(ask(rule, events)).toMatchObject(
      times(count, {
        subjectKey: "account:1",
        accountId: 1,
        computerId: 20,
        count: 1,
        threshold: 1,
        firstAt: at,
        lastAt: at,
        eventIds: [found + 2],
        isLate: false,
      }),
    );
  });

  it("is one alert for several computers of a day, and another after a pause of more than a day", () => {
    const on = (computerId: number, at: number) => logon(at, { computerId });
    const alerts = ask(rule, [
      ...days(14),
      on(20, NOW),
      on(21, NOW + 24 * HOUR),
      on(22, NOW + 48 * HOUR + 1),
    ]);
    expect(alerts.map(({ count, computerIds }) => [count, computerIds])).toEqual([
      [2, [20, 21]],
      [1, [22]],
    ]);
  });

  it("is found late and out of order, and marked so", () => {
    const late = there(NOW - 3 * DAY, { receivedAt: NOW });
    expect(ask(rule, [...days(20), late])).toMatchObject([{ firstAt: NOW - 3 * DAY, isLate: true }]);
  });

  it("says nothing of the 14 days after the company's first event, and of nobody when habits are off", () => {
    const events = (at: number) => [...days(10, NOW), there(at)];
    const fresh = (at: number) => askRules(stored(events(at)), new Map(), usual).alerts.size;
    expect(fresh(NOW + 4 * DAY - 1)).toBe(0);
    expect(fresh(NOW + 4 * DAY)).toBe(1);
    const off = { ...usual, context: { ...CONTEXT, learnsHabits: false } };
    expect(ask(rule, [...days(30), there()], off)).toEqual([]);
  });

  it("counts anew for whoever goes on under the name of an erased account", () => {
    expect(ask(rule, [...days(30), there(NOW, { accountId: 2 })])).toEqual([]);
  });

  it("is tuned", () => {
    expect(ask(rule, [logon(NOW - 3 * DAY), there()], tuned(rule, { days: 3 }))).toHaveLength(1);
    expect(ask(rule, [...users(2, NOW - DAY), ...days(20), there()], tuned(rule, { accounts: 1 }))).toEqual(
      [],
    );
  });
});

describe("a new account on a personal computer", () => {
  const rule = "new-on-personal-computer";
  const visitor = (at = NOW, more: Partial<SeenEvent> = {}) => logon(at, { accountId: 2, ...more });
  const others = (count: number, accountId = 3) => days(count, NOW, { accountId });

  it.each<[string, SeenEvent[], number]>([
    ["used by one on 5 days", [...days(5), visitor()], 1],
    ["used by one on 4 days", [...days(4), visitor()], 0],
    ["used by one on 4 of 5 days in 30", [logon(NOW - 30 * DAY), ...days(4), visitor()], 0],
    ["used by one on 5 days of 30", [logon(NOW - 29 * DAY), ...days(4), visitor()], 1],
    ["with four fifths of all days of use", [...others(2), ...days(8), visitor()], 1],
    ["with less than four fifths", [...others(3), ...days(8), visitor()], 0],
    ["of two people", [...others(10), ...days(10), visitor()], 0],
    ["by its main user", [...days(10), logon(NOW)], 0],
    [
      "by a visitor of before",
      [visitor(NOW - 79 * DAY), ...days(10, NOW + 11 * DAY), visitor(NOW + 11 * DAY)],
      0,
    ],
    ["over the network", [...days(10), visitor(NOW, { logonType: 3 })], 0],
    ["by unlocking it", [...days(10), visitor(NOW, { kind: "unlock" })], 0],
    ["late", [...days(10), logon(NOW), visitor(NOW - 2 * DAY, { receivedAt: NOW })], 1],
  ])("%s", (_, events, count) => {
    const alerts = ask(rule, events).filter(({ accountId }) => accountId === 2);
    expect(alerts).toMatchObject(
      times(count, {
        subjectKey: "account:2",
        computerIds: [10],
        compared: { accountId: 1 },
        count: 1,
        eventIds: [events.length + 1],
      }),
    );
  });

  it("counts local days: a night across midnight is two", () => {
    const night = (back: number) => [
      logon(NOW - back * DAY - 9.5 * HOUR),
      logon(NOW - back * DAY - 8.5 * HOUR),
    ];
    expect(ask(rule, [...[1, 3, 5].flatMap(night).toSorted((a, b) => a.at - b.at), visitor()])).toHaveLength(
      1,
    );
  });
});

describe("an unusual hour", () => {
  const rule = "unusual-hour";
  /** At nine on each of the last weekdays, oldest first. */
  const weekdays = (count: number, zoneNow = NOW) =>
    Array.from({ length: 60 }, (_, back) => logon(zoneNow - (back + 1) * DAY))
      .filter(({ at }) => new Date(at).getUTCDay() % 6 !== 0)
      .slice(0, count)
      .toReversed();
  const today = (hour: number, more: Partial<SeenEvent> = {}) => logon(NOW + (hour - 9) * HOUR, more);

  it.each<[string, SeenEvent[], number]>([
    ["after 20 logons in 4 weeks", [...weekdays(20), today(3)], 1],
    ["after 19", [...weekdays(19), today(3)], 0],
    ["an hour earlier", [...weekdays(20), today(8)], 0],
    ["more than an hour earlier", [...weekdays(20), today(8 - 1 / 60)], 1],
    ["an hour later", [...weekdays(20), today(10)], 0],
    ["more than an hour later", [...weekdays(20), today(10 + 1 / 60)], 1],
    ["by unlocking", [...weekdays(20), today(3, { kind: "unlock" })], 1],
    ["of a service", [...weekdays(20), today(3, { logonType: 5 })], 0],
    [
      "at which the person was there four weeks ago",
      [logon(NOW - 28 * DAY - 6 * HOUR), ...weekdays(20), today(3)],
      0,
    ],
    [
      "at which the person was there before that",
      [logon(NOW - 29 * DAY - 6 * HOUR), ...weekdays(20), today(3)],
      1,
    ],
    ["of an account known for less than three weeks", [...weekdays(10), ...weekdays(10), today(3)], 0],
    ["late, judged by when it happened", [...weekdays(20), today(9), today(3, { receivedAt: NOW })], 1],
  ])("%s", (_, events, count) => {
    const alerts = ask(rule, events);
    expect(alerts).toMatchObject(
      times(count, { subjectKey: "account:1", count: 1, eventIds: [events.length + 1] }),
    );
  });

  it("is not one across midnight", () => {
    const late = weekdays(24).map((one) => ({ ...one, at: one.at + 14.5 * HOUR }));
    const early = (hour: number) => ask(rule, [...late, today(hour)]);
    expect(early(0.25)).toEqual([]);
    expect(early(0.75)).toHaveLength(1);
  });

  it("of a weekend is compared with weekends alone", () => {
    const saturdays = [4, 3, 2, 1].flatMap((week) =>
      [0, 1, 2, 3].map((half) => logon(NOW - (week * 7 - 4) * DAY + (1 + half / 2) * HOUR)),
    );
    const events = [...weekdays(20), ...saturdays].toSorted((a, b) => a.at - b.at);
    const saturday = (hour: number) => ask(rule, [...events, logon(NOW + 4 * DAY + (hour - 9) * HOUR)]);
    expect(saturday(9)).toEqual([]);
    expect(saturday(14)).toHaveLength(1);
    expect(ask(rule, [...weekdays(22), logon(NOW + 4 * DAY)])).toEqual([]);
  });

  it("follows the clocks of the company when they change", () => {
    // London: on 29 March 2026 the clocks went forward.
    const monday = Date.parse("2026-03-30T08:00:00Z");
    const winter = weekdays(20, Date.parse("2026-03-30T09:00:00Z"));
    expect(ask(rule, [...winter, logon(monday - HOUR)], london)).toEqual([]);
    expect(ask(rule, [...winter, logon(monday - HOUR - 60_000)], london)).toHaveLength(1);
    expect(ask(rule, [...winter, logon(monday + HOUR + 60_000)], london)).toHaveLength(1);
    expect(ask(rule, [...winter, logon(monday)], london)).toEqual([]);
  });

  it.each([4, 12, 40])("is found of somebody with %i starts a day", (starts) => {
    const busy = weekdays(20).flatMap((one) =>
      Array.from({ length: starts }, (_, place) => ({ ...one, at: one.at + (place * 8 * HOUR) / starts })),
    );
    expect(ask(rule, [...busy, today(3)])).toHaveLength(1);
    const once = { ...busy[0]!, at: busy[0]!.at - 6 * HOUR };
    expect(ask(rule, [once, ...busy, today(3)])).toEqual([]);
  });

  it("is one alert for what follows it, and tuned", () => {
    const alerts = ask(rule, [...weekdays(20), today(3), today(5)]);
    expect(alerts.map(({ count }) => count)).toEqual([2]);
    expect(ask(rule, [...weekdays(20), today(8)], tuned(rule, { minutes: 30 }))).toHaveLength(1);
    expect(ask(rule, [...weekdays(16), today(3)], tuned(rule, { logons: 16 }))).toHaveLength(1);
  });
});

describe("a dormant account", () => {
  const rule = "dormant-account";
  it.each<[string, SeenEvent[], number]>([
    ["after 60 days", [logon(NOW - 60 * DAY), logon(NOW)], 1],
    ["a moment before", [logon(NOW - 60 * DAY + 1), logon(NOW)], 0],
    ["after 70 days", [logon(NOW - 70 * DAY), logon(NOW, { kind: "unlock" })], 1],
    ["that is new", [logon(NOW)], 0],
    ["that wakes twice", [logon(NOW - 70 * DAY), logon(NOW), logon(NOW + HOUR)], 1],
    ["of which older events arrive late", [logon(NOW), logon(NOW - 70 * DAY, { receivedAt: NOW })], 0],
  ])("%s", (_, events, count) => {
    const alerts = ask(rule, events);
    expect(alerts).toMatchObject(times(count, { subjectKey: "account:1", count: 1, eventIds: [3] }));
  });

  it("is found whether or not the company learns habits, and in its learning period", () => {
    const off = { ...usual, context: { ...CONTEXT, learnsHabits: false } };
    const events = stored([logon(NOW - 70 * DAY), logon(NOW)]);
    const found = [...askRules(events, new Map(), off).alerts.values()];
    expect(found.map(({ rule }) => rule)).toEqual(["dormant-account", "quiet-site"]);
  });

  it("says nothing of what is excepted, and nothing when it is off", () => {
    const events = [logon(NOW - 70 * DAY), logon(NOW)];
    const exception = {
      rule,
      accountId: 1,
      address: null,
      computerId: null,
      siteId: null,
      endsAt: null,
    } as const;
    expect(ask(rule, events, { ...usual, exceptions: [exception] })).toEqual([]);
    expect(
      ask(rule, events, { ...usual, settings: settingsOf([{ rule, isOn: false, values: {} }]) }),
    ).toEqual([]);
  });
});
