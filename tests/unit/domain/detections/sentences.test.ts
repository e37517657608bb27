import { expect, it } from "vitest";
import { alertText } from "@/lib/domain/detections/alert";
import type { AlertFacts } from "@/lib/domain/detections/rule";
import { wordText } from "@/lib/domain/text";
import { ENGLISH_READER } from "@/lib/english";
import { readerOf } from "@/lib/texts";

const READER = { ...ENGLISH_READER, writeTime: (at: number) => new Date(at).toISOString().slice(11, 16) };

const facts: AlertFacts = {
  account: "anna",
  address: "10.0.3.7",
  site: "HO",
  otherAccount: null,
  compared: {},
  computers: ["PC-1"],
  accountCount: 1,
  count: 7,
  threshold: 5,
  windowMinutes: 10,
  firstAt: 0,
  lastAt: 4 * 60_000,
  codes: [],
};

it.each<[string, Partial<AlertFacts>, string]>([
  [
    "password-guessing",
    {},
    "7 failed logons for anna from 10.0.3.7 on PC-1 within 4 minutes (threshold: 5 within 10 minutes).",
  ],
  [
    "password-guessing",
    { address: null, computers: ["A", "B", "C", "D"], lastAt: 1_000 },
    "7 failed logons for anna on A, B, and 2 more within less than a minute (threshold: 5 within 10 minutes).",
  ],
  [
    "password-spray",
    { accountCount: 6 },
    "7 failed logons for 6 accounts from 10.0.3.7 within 4 minutes (threshold: 5 accounts within 10 minutes).",
  ],
  [
    "password-spray",
    { accountCount: 100, count: 9_000 },
    "9,000 failed logons for at least 100 accounts from 10.0.3.7 within 4 minutes (threshold: 5 accounts within 10 minutes).",
  ],
  [
    "password-guessed",
    { count: 8 },
    "7 failed logons for anna from 10.0.3.7, then a successful logon on PC-1 at 00:04, 4 minutes after the first failure.",
  ],
  [
    "password-guessed",
    { count: 9, compared: { logons: 2 }, computers: ["A", "B"] },
    "7 failed logons for anna from 10.0.3.7, then 2 successful logons on A and B, the last at 00:04, 4 minutes after the first failure.",
  ],
  [
    "unusable-account",
    { count: 1, codes: ["c0000072"] },
    "Windows refused 1 logon for anna from 10.0.3.7 on PC-1. Reason: account disabled.",
  ],
  [
    "lockouts-in-a-row",
    { count: 3, threshold: 3, windowMinutes: 1_440, lastAt: 40 * 60_000 },
    "anna was locked out 3 times on PC-1 within 40 minutes (threshold: 3 within 24 hours).",
  ],
  [
    "new-on-personal-computer",
    { otherAccount: "bert", compared: { accountId: 2, days: 20 } },
    "anna logged on to PC-1 for the first time at 00:00. The main user there is bert, on 20 days of the last 30.",
  ],
  [
    "new-on-personal-computer",
    { computers: ["A", "B"], otherAccount: "bert", compared: { accountId: 2, days: 20 } },
    "anna logged on to A and B for the first time at 00:00. The main user of one of them is bert, on 20 days of the last 30.",
  ],
  [
    "dormant-account",
    { compared: { days: 74, limit: 60 } },
    "anna logged on to PC-1 at 00:00 after 74 days without use (threshold: 60 days).",
  ],
])("%s with %j says so", (rule, more, sentence) => {
  expect(wordText(alertText(rule, { ...facts, ...more }), READER)).toBe(sentence);
});

it.each([
  ["en", "anna logged on from Germany and from Japan on PC-1 within 35 minutes (threshold: 4 hours)."],
  ["de", "anna hat sich innerhalb von 35 Minuten aus zwei Ländern an PC-1 angemeldet: Deutschland und Japan"],
] as const)("countries have their names in %s, and those stored as names keep them", (locale, words) => {
  const reader = readerOf(locale, "UTC");
  const told = (one: string) =>
    wordText(
      alertText("two-countries", { ...facts, compared: { one, other: "JP", gap: 35, limit: 240 } }),
      reader,
    );
  expect(told("DE")).toContain(words);
  expect(told("Freedonia")).toContain("Freedonia");
});

it.each([
  ["dormant-account", {}, "anna: Dormant account used. The numbers behind this alert weren't stored."],
  [
    "dormant-account",
    { days: "many" },
    "anna: Dormant account used. The numbers behind this alert weren't stored.",
  ],
  [
    "unusual-hour",
    { logons: 20 },
    "anna: Unusual hour for this person. The numbers behind this alert weren't stored.",
  ],
  ["clock-moved", {}, "PC-1: Clock wrong. The numbers behind this alert weren't stored."],
])("%s compared with %j alone names no number", (rule, compared, sentence) => {
  expect(wordText(alertText(rule, { ...facts, compared: compared as AlertFacts["compared"] }), READER)).toBe(
    sentence,
  );
});

it("an account that was deleted is told by its number, and a computer as deleted", () => {
  const gone = { ...facts, account: null, accountId: 7, address: null, computers: [] };
  expect(wordText(alertText("password-guessing", gone), READER)).toMatch(
    /^7 failed logons for Deleted account 7 on a deleted computer within/,
  );
});

it("a name cannot turn the words behind it around", () => {
  const named = {
    ...facts,
    account: "an\u202Ena\u2066",
    address: "10.\u202B0.3.7",
    computers: ["PC\u2069-1", "\u05D0\u05D1"],
  };
  expect(wordText(alertText("password-guessing", named), READER)).toBe(
    "7 failed logons for anna from 10.0.3.7 on PC-1 and \u05D0\u05D1 within 4 minutes (threshold: 5 within 10 minutes).",
  );
});
