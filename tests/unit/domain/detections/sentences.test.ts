import { expect, it } from "vitest";
import { alertSentence } from "@/lib/domain/detections/alert";
import type { AlertFacts } from "@/lib/domain/detections/rule";
import { findRule } from "@/lib/domain/detections/rules";

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
    "7 failed logons for anna from 10.0.3.7 on PC-1 in 4 minutes (threshold: 5 in 10 minutes).",
  ],
  [
    "password-guessing",
    { address: null, computers: ["A", "B", "C", "D"], lastAt: 1_000 },
    "7 failed logons for anna on A, B and 2 more in less than a minute (threshold: 5 in 10 minutes).",
  ],
  [
    "password-spray",
    { accountCount: 6 },
    "7 failed logons for 6 accounts from 10.0.3.7 in 4 minutes (threshold: 5 accounts in 10 minutes).",
  ],
  [
    "password-guessed",
    { count: 8 },
    "7 failed logons for anna from 10.0.3.7, then a logon on PC-1 at 00:04, 4 minutes after the first.",
  ],
  [
    "unusable-account",
    { count: 1, codes: ["c0000072"] },
    "1 logon of anna from 10.0.3.7 on PC-1 was refused: the account is disabled.",
  ],
  [
    "lockouts-in-a-row",
    { count: 3, threshold: 3, windowMinutes: 1_440, lastAt: 40 * 60_000 },
    "anna was locked out 3 times on PC-1 in 40 minutes (threshold: 3 in 24 hours).",
  ],
  [
    "dormant-account",
    { compared: { days: 74, limit: 60 } },
    "anna logged on to PC-1 at 00:00, for the first time in 74 days (threshold: 60 days).",
  ],
])("%s with %j says so", (rule, more, sentence) => {
  const at = (time: number) => new Date(time).toISOString().slice(11, 16);
  expect(findRule(rule)!.sentence({ ...facts, ...more }, at)).toBe(sentence);
});

it("a name cannot turn the words behind it around", () => {
  const named = {
    ...facts,
    account: "an\u202Ena\u2066",
    address: "10.\u202B0.3.7",
    computers: ["PC\u2069-1", "\u05D0\u05D1"],
  };
  expect(alertSentence("password-guessing", named, String)).toBe(
    "7 failed logons for anna from 10.0.3.7 on PC-1 and \u05D0\u05D1 in 4 minutes (threshold: 5 in 10 minutes).",
  );
});
