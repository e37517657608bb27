import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { askRules } from "@/lib/domain/detections/engine";
import type { Asked } from "@/lib/domain/detections/memories";
import { inEnglish } from "@/lib/english";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { RULES, settingsOf } from "@/lib/domain/detections/rules";
import { CONTEXT, failure, logon, MINUTE, START, stored } from "../../../support/seen-events";

const usual: Asked = { settings: settingsOf([]), exceptions: [], context: CONTEXT };

function ask(events: readonly SeenEvent[], asked: Asked = usual): AlertDraft[] {
  return [...askRules(stored(events), new Map(), asked).alerts.values()];
}

const named = (alerts: readonly AlertDraft[]) => alerts.map(({ rule }) => rule).toSorted();
const minutes = (count: number, step = 1) => Array.from({ length: count }, (_, number) => number * step);
const accounts = (count: number, more: Partial<SeenEvent> = {}) =>
  minutes(count).map((minute) => failure(minute, { accountId: minute + 1, ...more }));

describe("password guessing", () => {
  it.each([
    ["below the threshold", minutes(4), null],
    ["at the threshold, across midnight", minutes(5), { count: 5, lastAt: START + 4 * MINUTE }],
    ["above the threshold", minutes(7), { count: 7, lastAt: START + 6 * MINUTE }],
    ["exactly in the window", [0, 2.5, 5, 7.5, 10], { count: 5, lastAt: START + 10 * MINUTE }],
    ["a moment too slow for the window", [0, 2.5, 5, 7.5, 10.001], null],
    [
      "a straggler within the window of the last",
      [...minutes(5), 13.9],
      { count: 6, lastAt: START + 13.9 * MINUTE },
    ],
  ])("%s", (_, at, expected) => {
    const alerts = ask(at.map((minute) => failure(minute)));
    const alert = {
      rule: "password-guessing",
      subjectKey: "account:1",
      accountId: 1,
      address: "10.0.3.7",
      firstAt: START,
      threshold: 5,
      isLate: false,
      eventIds: at.map((_, place) => place + 1),
      ...expected,
    };
    expect(alerts).toMatchObject(expected === null ? [] : [alert]);
    expect(alerts).toHaveLength(expected === null ? 0 : 1);
  });

  it("that pauses for longer than the window is a second alert", () => {
    const alerts = ask(
      [...minutes(5), ...minutes(5).map((minute) => minute + 30)].map((minute) => failure(minute)),
    );
    expect(alerts.map(({ count, firstAt }) => [count, firstAt])).toEqual([
      [5, START],
      [5, START + 30 * MINUTE],
    ]);
  });

  it("counts no refusal that is no guess", () => {
    const others: Partial<SeenEvent>[] = [
      { codes: ["c0000234"] },
      { codes: ["c0000071"] },
      { codes: ["c0000193", "c000006e"] },
      { codes: ["c0000064", "c000006d"] },
      { logonType: 5 },
      { logonType: 7 },
    ];
    for (const other of others) {
      const alerts = ask(minutes(9).map((minute) => failure(minute, other)));
      expect(named(alerts)).not.toContain("password-guessing");
    }
  });

  it("counts refusals of older agents, which send no code", () => {
    expect(named(ask(minutes(5).map((minute) => failure(minute, { codes: [], logonType: null }))))).toEqual([
      "password-guessing",
    ]);
  });

  it("is judged by when it happened: late and out of order it is the same alert, marked late", () => {
    const late = { receivedAt: START + 7 * 24 * 60 * MINUTE };
    const alerts = ask([3, 0, 4, 1, 2].map((minute) => failure(minute, late)));
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ firstAt: START, lastAt: START + 4 * MINUTE, count: 5, isLate: true });
  });

  it("grows by what arrives late, and joins two alerts that turn out to be one", () => {
    const two = [...minutes(5), ...minutes(5).map((minute) => minute + 15)].map((minute) => failure(minute));
    const between = failure(9, { receivedAt: START + 60 * MINUTE });
    const outcome = askRules(stored([...two, between]), new Map(), usual);
    expect([...outcome.alerts.values()]).toMatchObject([
      { key: 5, count: 11, firstAt: START, lastAt: START + 19 * MINUTE },
    ]);
    expect([...outcome.absorbed]).toEqual(["password-guessing account:1 10"]);
  });

  it("whose beginning arrives late is the alert that was told, and keeps its key when it goes on", () => {
    const late = (minute: number) => failure(minute, { receivedAt: START + 3 * 60 * MINUTE });
    const told = minutes(5).map((minute) => failure(minute + 15));
    const beginning = [4, 5, 6, 7, 8].map(late);
    const outcome = askRules(stored([...told, ...beginning, late(28)]), new Map(), usual);
    const times = { firstAt: START + 4 * MINUTE, sinceAt: START + 8 * MINUTE, lastAt: START + 28 * MINUTE };
    expect([...outcome.alerts.values()]).toMatchObject([{ key: 5, count: 11, isLate: false, ...times }]);
    expect([...outcome.absorbed]).toEqual([]);
  });

  it("keeps at most a hundred events as evidence, and counts on", () => {
    const alerts = ask(minutes(250, 0.1).map((minute) => failure(minute)));
    expect(alerts[0]).toMatchObject({ count: 250 });
    expect(alerts[0]!.eventIds).toHaveLength(100);
  });

  it("is as a company has tuned it", () => {
    const settings = settingsOf([
      { rule: "password-guessing", isOn: true, values: { threshold: 3, minutes: 2 } },
    ]);
    const asked = { settings, exceptions: [], context: CONTEXT };
    expect(
      ask(
        minutes(3).map((minute) => failure(minute)),
        asked,
      ),
    ).toMatchObject([{ count: 3, threshold: 3 }]);
    expect(
      ask(
        minutes(3, 1.5).map((minute) => failure(minute)),
        asked,
      ),
    ).toEqual([]);
  });

  it("says nothing when it is off, or of what is excepted until the exception ends", () => {
    const off = settingsOf([{ rule: "password-guessing", isOn: false, values: {} }]);
    const events = minutes(5).map((minute) => failure(minute));
    expect(ask(events, { ...usual, settings: off })).toEqual([]);
    const exception = {
      rule: "password-guessing" as const,
      accountId: 1,
      address: null,
      computerId: null,
      siteId: null,
    };
    const until = (endsAt: number | null) => ({ ...usual, exceptions: [{ ...exception, endsAt }] });
    expect(ask(events, until(null))).toEqual([]);
    expect(ask(events, until(START + 5 * MINUTE))).toEqual([]);
    expect(ask(events, until(START))).toHaveLength(1);
    const other = { ...exception, accountId: 2, endsAt: null };
    expect(ask(events, { ...usual, exceptions: [other] })).toHaveLength(1);
  });
});

describe("a password spray", () => {
  it.each([
    ["below the threshold", accounts(4), null],
    ["at the threshold", accounts(5), 5],
    ["above the threshold", accounts(8), 8],
    ["with names that nobody has", accounts(5, { codes: ["c0000064", "c000006d"] }), 5],
    ["of the same account again and again", minutes(4).map((minute) => failure(minute)), null],
    [
      "from several addresses",
      accounts(5).map((one, place) => ({ ...one, address: `10.0.0.${place}` })),
      null,
    ],
    ["without an address", accounts(5, { address: null }), null],
    ["of services", accounts(5, { logonType: 5 }), null],
  ])("%s", (_, events, count) => {
    const alerts = ask(events);
    const found = alerts.map(({ accountIds, ...alert }) => ({ ...alert, accounts: accountIds.length }));
    const spray = {
      rule: "password-spray",
      subjectKey: "address:10.0.3.7",
      accountId: null,
      firstAt: START,
      count,
      accounts: count,
    };
    expect(found).toMatchObject(count === null ? [] : [spray]);
    expect(found).toHaveLength(count === null ? 0 : 1);
  });
});

describe("a guessed password", () => {
  const guesses = minutes(5).map((minute) => failure(minute));

  it.each([
    ["soon after", logon(5), START + 5 * MINUTE],
    ["at the end of the hour", logon(64), START + 64 * MINUTE],
    ["later", logon(64.001), null],
    ["before it", logon(-1), null],
    ["of another account", logon(6, { accountId: 2 }), null],
    ["as an unlock", logon(6, { kind: "unlock" }), START + 6 * MINUTE],
  ])("is a logon %s", (_, event, lastAt) => {
    const alerts = ask([...guesses, event]);
    const guessed = alerts.filter(({ rule }) => rule === "password-guessed");
    const expected = { firstAt: START, lastAt, count: 6, severity: "high", eventIds: [1, 2, 3, 4, 5, 6] };
    expect(guessed).toMatchObject(lastAt === null ? [] : [expected]);
    expect(alerts).toHaveLength(lastAt === null ? 1 : 2);
  });

  it("is found when the logon was stored before the guesses", () => {
    expect(named(ask([logon(6), ...guesses]))).toEqual(["password-guessed", "password-guessing"]);
  });

  it("is told once, however many logons follow and rules noticed", () => {
    const both = [...guesses, ...accounts(5).map((one) => ({ ...one, at: one.at + 5 * MINUTE }))];
    const alerts = ask([...both, logon(11), logon(12), logon(13)]);
    expect(named(alerts)).toEqual(["password-guessed", "password-guessing", "password-spray"]);
  });

  it("after a spray is a logon of an account that was tried", () => {
    expect(named(ask([...accounts(5), logon(6, { accountId: 3 })]))).toEqual([
      "password-guessed",
      "password-spray",
    ]);
    expect(named(ask([...accounts(5), logon(6, { accountId: 9 })]))).toEqual(["password-spray"]);
  });

  it("is found with the rules that lead to it switched off", () => {
    const off = { isOn: false, values: {} };
    const settings = settingsOf([
      { rule: "password-guessing", ...off },
      { rule: "password-spray", ...off },
    ]);
    expect(named(ask([...guesses, logon(6)], { settings, exceptions: [], context: CONTEXT }))).toEqual([
      "password-guessed",
    ]);
  });
});

describe("an account that may not be used", () => {
  it.each(["c0000072", "c000006f", "c0000070", "c0000193", "c0000413", "c000015b"])(
    "%s as status or sub-status is one alert an hour",
    (code) => {
      for (const codes of [[code, "c000006e"], [code], ["c000006d", code]]) {
        const alerts = ask([0, 30, 200].map((minute) => failure(minute, { codes })));
        expect(alerts.map(({ rule, count, codes: seen }) => [rule, count, seen])).toEqual([
          ["unusable-account", 2, [code]],
          ["unusable-account", 1, [code]],
        ]);
      }
    },
  );

  it("is not one that is locked out or has an old password", () => {
    expect(ask([failure(0, { codes: ["c0000234"] }), failure(1, { codes: ["c0000071"] })])).toEqual([]);
  });
});

describe("lockouts in a row", () => {
  const lockout = (minute: number, more: Partial<SeenEvent> = {}) =>
    failure(minute, { kind: "lockout", codes: [], address: null, ...more });

  it.each([
    ["two", [0, 30], null],
    ["three", [0, 30, 60], 3],
    ["four", [0, 30, 60, 90], 4],
    ["three within a day to the minute", [0, 700, 1_440], 3],
    ["three a moment too slow", [0, 700, 1_440.001], null],
  ])("%s", (_, at, count) => {
    const alerts = ask(at.map((minute) => lockout(minute)));
    expect(alerts.map((alert) => [alert.rule, alert.count])).toEqual(
      count === null ? [] : [["lockouts-in-a-row", count]],
    );
  });

  it("of different accounts are none", () => {
    expect(ask([1, 2, 3].map((accountId) => lockout(accountId, { accountId })))).toEqual([]);
  });
});

it("every rule says what it asks, what it needs and what to do, within bounds that hold its defaults", () => {
  for (const rule of RULES) {
    expect(inEnglish(rule.question)).toMatch(/\?$/);
    expect(inEnglish(rule.needsText)).toMatch(/\.$/);
    expect(inEnglish(rule.nextStep)).toMatch(/\.$/);
    expect(rule.technique.id).toMatch(/^T\d{4}(\.\d{3})?$/);
    for (const { initial, least, most } of rule.parameters) {
      expect(initial).toBeGreaterThanOrEqual(least);
      expect(initial).toBeLessThanOrEqual(most);
    }
  }
});

it("clocks and losses alone are told by other notifications, and the guide and the cards say so", () => {
  const told = RULES.filter(({ toldBy }) => toldBy);
  expect(told.map(({ name }) => name)).toEqual(["clock-moved", "events-lost"]);
  for (const { toldBy } of told) expect(inEnglish(toldBy!)).toMatch(/^The alert itself sends none\. .+\.$/);
  const guide = readFileSync("docs/detections.md", "utf8");
  const excepted = /Each new alert sends one notification, except those of (.+):/.exec(guide)?.[1];
  expect(excepted).toBe(told.map(({ title }) => `*${inEnglish(title)}*`).join(" and "));
});

it("stored values out of bounds or of another kind are read as the default", () => {
  const values = { threshold: 0, minutes: "5" };
  expect(settingsOf([{ rule: "password-spray", isOn: true, values }])["password-spray"].values).toEqual({
    threshold: 5,
    minutes: 10,
  });
});
