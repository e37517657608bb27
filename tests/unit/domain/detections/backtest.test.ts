import { expect, it } from "vitest";
import { BacktestTally, settingsToTry } from "@/lib/domain/detections/backtest";
import { askRules } from "@/lib/domain/detections/engine";
import type { Asked } from "@/lib/domain/detections/memories";
import { COMPANY_KEY } from "@/lib/domain/detections/learn";
import { RecentMemories } from "@/lib/domain/detections/recent-memories";
import { valuesKey, withTypedValues } from "@/lib/domain/detections/rule-values";
import { findRule, settingsOf } from "@/lib/domain/detections/rules";
import { inEnglish } from "@/lib/english";
import { parameterText } from "@/lib/domain/detections/words";
import { ianaZone } from "@/lib/domain/zones";
import { CONTEXT, failure, MINUTE, START, stored } from "../../../support/seen-events";

const usual: Asked = { settings: settingsOf([]), exceptions: [], context: CONTEXT };
const DAYS_4 = 4 * 24 * 60 * MINUTE;
const rule = findRule("password-guessing")!;
const burst = (minute: number, accountId: number, count = 5) =>
  Array.from({ length: count }, (_, number) => failure(minute + number, { accountId }));

it("an alert that a later event shows to be part of an earlier one is counted once", () => {
  const tally = new BacktestTally("password-guessing", START, "2026-03-10");
  const memories = new Map();
  const asked = usual;
  const events = stored([...burst(0, 1), ...burst(15, 1), ...burst(0, 2, 7), failure(9)]);
  tally.take(askRules(events.slice(0, 17), memories, asked));
  expect(tally.total).toBe(3);
  tally.take(askRules(events.slice(17), memories, asked));
  expect(tally.loudest(5)).toMatchObject([
    { subjectKey: "account:1", alerts: 1, count: 11 },
    { subjectKey: "account:2", alerts: 1, count: 7 },
  ]);
});

it("alerts count on the local day on which they reached the threshold", () => {
  const tally = new BacktestTally("password-guessing", START, "2026-03-10");
  const events = stored([...burst(0, 1), ...burst(1, 2)]);
  tally.take(askRules(events, new Map(), usual));
  const days = ["2026-03-10", "2026-03-11"];
  expect(tally.byDay(days, ianaZone("Europe/London"))).toEqual([1, 1]);
  expect(tally.byDay(days, ianaZone("Europe/Berlin"))).toEqual([0, 2]);
});

it("a rule that is tried is on, and no other tells anything", () => {
  const off = settingsOf([{ rule: "password-guessing", isOn: false, values: {} }]);
  const tried = settingsToTry(off, new Map([["password-guessing", { threshold: 2, minutes: 5 }]]));
  expect(Object.entries(tried).filter(([, { isOn }]) => isOn)).toEqual([
    ["password-guessing", { isOn: true, values: { threshold: 2, minutes: 5 } }],
  ]);
});

it("memories that nothing has touched for four days are forgotten, and the oldest of too many", () => {
  const recent = new RecentMemories(3);
  const hold = (keys: readonly string[], at: number) => {
    for (const key of keys) recent.memories.set(key, {});
    recent.touch(keys, at);
  };
  hold(["a", "b"], 0);
  hold(["a"], MINUTE);
  hold(["c"], DAYS_4 + 1);
  expect([...recent.memories.keys()]).toEqual(["a", "c"]);
  expect(recent.isOverfull).toBe(false);
  hold(["d", "e"], DAYS_4 + 2);
  expect([...recent.memories.keys()]).toEqual(["c", "d", "e"]);
  expect(recent.isOverfull).toBe(true);
});

it("what the company itself is known by is never given up for others", () => {
  const recent = new RecentMemories(3);
  for (const [place, key] of [COMPANY_KEY, "a", "b", "c", "d"].entries()) {
    recent.memories.set(key, {});
    recent.touch([key], place);
  }
  recent.touch(["d"], 4_000 * 24 * 60 * MINUTE);
  expect([...recent.memories.keys()]).toEqual([COMPANY_KEY, "d"]);
});

it("typed values go before stored ones, within the rule's bounds", () => {
  const stored = { threshold: 5, minutes: 10 };
  const typed = (given: Record<string, string>) =>
    withTypedValues(rule, stored, (name) => given[name] ?? null);
  expect(typed({}).values).toEqual(stored);
  expect(typed({ threshold: " 7 " })).toEqual({ values: { threshold: 7, minutes: 10 }, problems: [] });
  expect(typed({ minutes: "1441" }).problems).toEqual([
    { field: "minutes", message: { key: "forms.wholeNumber", values: { min: 1, max: 1_440 } } },
  ]);
  for (const threshold of ["", "x", "-1", "5.5", "1e2"])
    expect(typed({ threshold }).problems).toHaveLength(1);
  expect(valuesKey(rule, { minutes: 10, threshold: 5 })).toBe("threshold=5 minutes=10");
});

it.each([
  [1, "number", "1"],
  [1_000, "number", "1,000"],
  [1, "days", "1 day"],
  [80, "percent", "80%"],
  [1, "minutes", "1 minute"],
  [90, "minutes", "90 minutes"],
  [60, "minutes", "1 hour"],
  [1_440, "minutes", "24 hours"],
] as const)("%i %s reads %s", (value, unit, words) => {
  expect(inEnglish(parameterText(value, unit))).toBe(words);
});
