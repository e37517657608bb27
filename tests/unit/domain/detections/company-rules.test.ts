import { describe, expect, it } from "vitest";
import { askRules } from "@/lib/domain/detections/engine";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import {
  USUAL_HOURS,
  type CompanyCalendar,
  type PlaceCalendar,
} from "@/lib/domain/detections/company-calendar";
import { alertText } from "@/lib/domain/detections/alert";
import type { BatchContext } from "@/lib/domain/detections/event-rule";
import type { RuleName, SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { ENGLISH_READER } from "@/lib/english";
import { wordText } from "@/lib/domain/text";
import { ianaZone } from "@/lib/domain/zones";
import { CONTEXT, factsOf, failure, logon, MINUTE, START, stored } from "../../../support/seen-events";

const DAY = 24 * 60;

interface Asking {
  context?: Partial<BatchContext>;
  settings?: { rule: string; isOn: boolean; values: unknown }[];
}

const READER = { ...ENGLISH_READER, writeTime: (at: number) => new Date(at).toISOString().slice(11, 16) };

/** The alerts of one rule, once everything was asked. */
function ask(
  rule: RuleName,
  events: readonly SeenEvent[],
  { context, settings = [] }: Asking = {},
): AlertDraft[] {
  const asked = { settings: settingsOf(settings), exceptions: [], context: { ...CONTEXT, ...context } };
  const { alerts } = askRules(stored(events), new Map(), asked);
  return [...alerts.values()].filter((alert) => alert.rule === rule);
}

const sentence = (alert: AlertDraft, named: object = {}) =>
  wordText(alertText(alert.rule, { ...factsOf(alert), ...named }), READER);

describe("outside company hours", () => {
  const calendar: PlaceCalendar = {
    zone: ianaZone("UTC"),
    hours: USUAL_HOURS,
    graceMinutes: 30,
    holidays: [],
  };
  const company: CompanyCalendar = { company: calendar, sites: new Map(), exemptions: [] };
  const found = (events: readonly SeenEvent[], own = company) =>
    ask("outside-hours", events, { context: { calendar: own } });

  it.each([
    ["a moment before the grace time", "07:29:59.999", 1],
    ["at its start", "07:30:00", 0],
    ["at its end", "18:30:00", 0],
    ["a moment after it", "18:30:00.001", 1],
  ])("%s", (_, time, count) => {
    const at = Date.parse(`2026-03-10T${time}Z`);
    expect(found([logon(0, { at, receivedAt: at, logonType: 2 })])).toHaveLength(count);
  });

  it("is no program's logon, and any of an older agent, which sends no type", () => {
    for (const logonType of [3, 4, 5]) expect(found([logon(0, { logonType })])).toEqual([]);
    for (const logonType of [null, 2, 7, 10, 11]) expect(found([logon(0, { logonType })])).toHaveLength(1);
    expect(found([failure(0)])).toEqual([]);
  });

  it("says nothing without a calendar, of exempt accounts, and where the rule is off", () => {
    const night = [logon(0, { logonType: 2 })];
    expect(ask("outside-hours", night)).toEqual([]);
    expect(found(night, { ...company, exemptions: [{ accountId: 1, endsAt: null }] })).toEqual([]);
    const off = [{ rule: "outside-hours", isOn: false, values: {} }];
    expect(ask("outside-hours", night, { context: { calendar: company }, settings: off })).toEqual([]);
  });

  it("is one alert for an account across midnight, late ones too, and another after eight hours", () => {
    const at = [0, 30, 10, 90].map((minute) => logon(minute, { logonType: 2, computerId: 10 + minute }));
    const late = logon(60, { logonType: 2, receivedAt: START + DAY * MINUTE });
    const alerts = found([
      ...at,
      late,
      logon(90 + 8 * 60 + 1, { at: START + 24 * 60 * MINUTE, logonType: 2 }),
    ]);
    expect(alerts.map(({ count, firstAt, lastAt }) => [count, firstAt, lastAt])).toEqual([
      [5, START, START + 90 * MINUTE],
      [1, START + DAY * MINUTE, START + DAY * MINUTE],
    ]);
    const computers = ["PC-1", "PC-2", "PC-3"];
    expect(sentence(alerts[0]!, { account: "anna", computers })).toBe(
      "anna logged on 5 times on PC-1, PC-2, and 1 more outside working hours, first at 23:55 and last at 01:25.",
    );
  });
});

describe("a service account at a desk", () => {
  const tagged = { ...CONTEXT.tagged, serviceAccounts: new Set([1]) };
  const found = (event: SeenEvent) => ask("service-account-at-desk", [event], { context: { tagged } });

  it.each([
    [2, 1],
    [7, 1],
    [10, 1],
    [11, 1],
    [3, 0],
    [4, 0],
    [5, 0],
    [null, 0],
  ])("is a logon of type %s: %s", (logonType, count) =>
    expect(found(logon(0, { logonType }))).toHaveLength(count),
  );

  it("is an unlock and Remote Desktop, of a tagged account alone", () => {
    expect(found(logon(0, { kind: "unlock", logonType: null }))).toHaveLength(1);
    expect(found(logon(0, { kind: "remote_connect", logonType: null }))).toHaveLength(1);
    expect(found(logon(0, { accountId: 2, logonType: 2 }))).toEqual([]);
    expect(found(failure(0, { logonType: 2 }))).toEqual([]);
  });

  it("is one alert a day, in words", () => {
    const events = [0, 5, DAY].map((minute) => logon(minute, { logonType: 2 }));
    const [alert, more] = ask("service-account-at-desk", events, { context: { tagged } });
    expect(more).toBeUndefined();
    expect(alert).toMatchObject({ count: 3, severity: "high", eventIds: [1, 2, 3] });
    expect(sentence({ ...alert!, count: 1 }, { account: "svc-backup", computers: ["PC-1"] })).toBe(
      "The service account svc-backup was used at the keyboard or by Remote Desktop on PC-1 at 23:55.",
    );
  });
});

describe("an administrator elsewhere", () => {
  const tagged = { ...CONTEXT.tagged, administrators: new Set([1]), administratorsComputers: new Set([20]) };
  const found = (more: Partial<SeenEvent>) =>
    ask("administrator-elsewhere", [logon(0, { logonType: 2, ...more })], { context: { tagged } });

  it.each([
    ["on an ordinary computer", {}, 1],
    ["without a type, from an older agent", { logonType: null }, 1],
    ["by Remote Desktop", { logonType: 10 }, 1],
    ["over the network", { logonType: 3 }, 0],
    ["on a computer for administrators", { computerId: 20 }, 0],
    ["who is none", { accountId: 2 }, 0],
  ])("%s", (_, more, count) => expect(found(more)).toHaveLength(count));

  it("reads in words", () => {
    expect(sentence(found({})[0]!, { account: "adm-anna", computers: ["PC-1"] })).toBe(
      "The administrator adm-anna logged on to PC-1 at 23:55. This computer isn't for administrators.",
    );
  });
});

describe("first life at a quiet site", () => {
  const found = (minutes: readonly number[], settings: Asking["settings"] = []) =>
    ask(
      "quiet-site",
      minutes.map((minute) => logon(minute)),
      { settings },
    );

  it.each([
    ["a moment too soon", [0, 7 * DAY - 0.001], 0],
    ["after seven days", [0, 7 * DAY], 1],
    ["after more", [0, 9.5 * DAY], 1],
    ["at a new site", [0], 0],
    ["with life between", [0, 4 * DAY, 8 * DAY], 0],
    ["told again after another pause", [0, 8 * DAY, 16 * DAY], 2],
    ["of an event that was only late", [8 * DAY, 0], 0],
  ])("%s", (_, minutes, count) => expect(found(minutes)).toHaveLength(count));

  it("is the site's own, whoever was there and whatever began", () => {
    const at = [0, 8 * DAY].map((minute) => logon(minute));
    expect(ask("quiet-site", [at[0]!, { ...at[1]!, siteId: 101 }])).toEqual([]);
    for (const kind of ["startup", "logon_failed", "unlock"] as const) {
      expect(ask("quiet-site", [at[0]!, { ...at[1]!, kind, accountId: 9 }])).toMatchObject([
        { subjectKey: "site:100", siteId: 100, accountId: null, count: 1 },
      ]);
    }
  });

  it("waits as long as the company says, and tells how long it was", () => {
    const settings = [{ rule: "quiet-site", isOn: true, values: { days: 30 } }];
    expect(found([0, 29 * DAY], settings)).toEqual([]);
    const [alert] = found([0, 30 * DAY], settings);
    expect(sentence(alert!, { site: "Depot", computers: ["PC-9"] })).toBe(
      "First activity at Depot in 30 days: at 23:55 on PC-9 (threshold: 30 days).",
    );
  });
});

describe("two countries", () => {
  const COUNTRY: Readonly<Record<string, string>> = { "1.0.0.1": "DE", "2.0.0.1": "BR", "3.0.0.1": "VN" };
  const context = { countryOf: (address: string) => COUNTRY[address] ?? null };
  const from = (minute: number, publicAddress: string | null, more: Partial<SeenEvent> = {}) =>
    logon(minute, { publicAddress, ...more });
  /** A month in Germany, seen on every day. */
  const home = Array.from({ length: 30 }, (_, day) => from(day * DAY, "1.0.0.1", { accountId: 5 }));
  const LATER = 31 * DAY;
  const found = (events: readonly SeenEvent[], settings: Asking["settings"] = []) =>
    ask("two-countries", [...home, ...events], { context, settings });

  it.each([
    ["within the window", [from(LATER, "2.0.0.1"), from(LATER + 240, "3.0.0.1")], 1],
    ["a moment too far apart", [from(LATER, "2.0.0.1"), from(LATER + 240.001, "3.0.0.1")], 0],
    ["in the wrong order", [from(LATER + 100, "2.0.0.1"), from(LATER, "3.0.0.1")], 1],
    ["one of them the company's", [from(LATER, "1.0.0.1"), from(LATER + 60, "3.0.0.1")], 0],
    ["the same twice", [from(LATER, "2.0.0.1"), from(LATER + 60, "2.0.0.1")], 0],
    ["of two people", [from(LATER, "2.0.0.1"), from(LATER + 60, "3.0.0.1", { accountId: 2 })], 0],
    ["one of them private or unknown", [from(LATER, "2.0.0.1"), from(LATER + 60, "10.0.0.1")], 0],
    ["one without an address", [from(LATER, "2.0.0.1"), from(LATER + 60, null)], 0],
    [
      "one a failed logon",
      [from(LATER, "2.0.0.1"), { ...from(LATER + 60, "3.0.0.1"), kind: "logon_failed" as const }],
      0,
    ],
  ])("%s", (_, events, count) => expect(found(events)).toHaveLength(count));

  it("says nothing while the company is still learned", () => {
    const two = [from(60, "2.0.0.1"), from(120, "3.0.0.1")];
    expect(ask("two-countries", two, { context })).toEqual([]);
    const after = two.map((event) => ({ ...event, at: event.at + 14 * DAY * MINUTE }));
    expect(ask("two-countries", [from(0, "1.0.0.1"), ...after], { context })).toHaveLength(1);
  });

  it("knows a country that the company was seen in on as many days as it says", () => {
    const days = [0, 1, 2].map((day) => from(LATER + day * DAY, "2.0.0.1", { accountId: 5 }));
    const two = [from(LATER + 3 * DAY, "2.0.0.1"), from(LATER + 3 * DAY + 60, "3.0.0.1")];
    expect(found([...days, ...two])).toEqual([]);
    expect(
      found([...days.slice(1), ...two.slice(1), from(LATER + 3 * DAY + 90, "2.0.0.1", { at: 0 })]),
    ).toEqual([]);
    const settings = [{ rule: "two-countries", isOn: true, values: { days: 5 } }];
    expect(found([...days, ...two], settings)).toHaveLength(1);
  });

  it("names the countries, and proves them with the events of both", () => {
    const [alert] = found([from(LATER, "2.0.0.1"), from(LATER + 35, "3.0.0.1"), from(LATER + 36, "3.0.0.1")]);
    expect(alert).toMatchObject({ count: 3, eventIds: [31, 32, 33], firstAt: START + LATER * MINUTE });
    expect(sentence(alert!, { account: "anna", computers: ["PC-1"] })).toBe(
      "anna logged on from Brazil and from Vietnam on PC-1 within 35 minutes (threshold: 4 hours). Neither country is usual for the company.",
    );
  });
});

it("rules of one company know nothing of another's", () => {
  const tagged = { ...CONTEXT.tagged, serviceAccounts: new Set([1]) };
  const event = logon(0, { logonType: 2 });
  expect(ask("service-account-at-desk", [event], { context: { tagged } })).toHaveLength(1);
  expect(ask("service-account-at-desk", [event])).toEqual([]);
});
