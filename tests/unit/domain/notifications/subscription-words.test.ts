import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysToTell } from "@/lib/domain/notifications/expiry";
import { kindsFor } from "@/lib/domain/notifications/kinds";
import { simulateMessages } from "@/lib/domain/notifications/simulate-messages";
import { subscriptionWords } from "@/lib/domain/notifications/subscription-words";
import { ianaZone } from "@/lib/domain/zones";
import { inEnglish } from "@/lib/english";

const nothing = { kinds: [], severities: [], sites: [], accounts: [], computers: [] };
const to = { audience: "company" as const, target: "ops@example.com", waitSeconds: 0 };

describe("a subscription in words", () => {
  it.each([
    [
      { ...nothing, kinds: ["logon.burst", "computer.silent"], sites: ["HO"] },
      to,
      ["Repeated failed logons and Computer silent → ops@example.com, immediately", "Site: HO"],
    ],
    [
      { ...nothing, kinds: kindsFor("company").map(({ name }) => name), severities: ["warning", "critical"] },
      { ...to, waitSeconds: 300 },
      ["Everything → ops@example.com, within 5 minutes", "Severity: Warning and Critical"],
    ],
    [
      { ...nothing, kinds: ["key.created"], accounts: ["a", "b"], computers: ["c"] },
      { ...to, waitSeconds: 60 },
      ["API key created → ops@example.com, within 1 minute", "Accounts: a and b", "Computer: c"],
    ],
    [
      { ...nothing, kinds: ["key.created"], sites: ["1", "2", "3", "4", "5", "6", "7"] },
      { ...to, waitSeconds: 30 },
      ["API key created → ops@example.com, within 30 seconds", "Sites: 1, 2, 3, 4, 5, and 2 more"],
    ],
  ])("says what, of what, where and how soon", (words, target, lines) => {
    expect(subscriptionWords(words, target).map(inEnglish)).toEqual(lines);
  });
});

describe("messages of the past", () => {
  const rules = {
    waitSeconds: 30,
    intervalSeconds: 300,
    quiet: null,
    zone: ianaZone("UTC"),
    pausedUntil: null,
  };
  const at = (seconds: number, isCritical = false) => ({
    at: 1_750_000_000_000 + seconds * 1000,
    isCritical,
  });
  const shape = (past: ReturnType<typeof at>[], more = {}) =>
    simulateMessages(past, { ...rules, ...more }).map((message) => [
      (message.at - 1_750_000_000_000) / 1000,
      message.notifications.length,
    ]);

  it("come 30 seconds after the first, and further ones every five minutes", () => {
    expect(shape([at(0), at(10), at(29), at(40), at(100), at(1_000)])).toEqual([
      [30, 3],
      [330, 2],
      [1_030, 1],
    ]);
  });

  it("in quiet hours hold the critical alone, and the rest when these end", () => {
    const hour = 3_600;
    // 15:06:40 UTC
    const quiet = { fromMinute: 15 * 60, toMinute: 17 * 60 };
    expect(shape([at(0), at(1, true)], { quiet })).toEqual([
      [31, 1],
      [2 * hour - 400, 1],
    ]);
  });

  it("lose nothing and repeat nothing, and never come before what they tell", () => {
    const times = fc.array(fc.tuple(fc.nat(20_000), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(times, (drawn) => {
        const past = drawn.map(([second, critical]) => at(second, critical)).toSorted((a, b) => a.at - b.at);
        const messages = simulateMessages(past, rules);
        expect(messages.flatMap(({ notifications }) => notifications)).toHaveLength(past.length);
        for (const message of messages) {
          expect(message.notifications.length).toBeGreaterThan(0);
          for (const one of message.notifications) expect(one.at).toBeLessThanOrEqual(message.at);
        }
      }),
    );
  });
});

describe("what is about to expire", () => {
  const day = 86_400_000;
  it.each([
    [15, null],
    [14, 14],
    [3.1, 14],
    [3, 3],
    [1, 1],
    [0, null],
    [-1, null],
  ])("with %s days left is told as within %s", (left, days) => {
    expect(daysToTell(1000 * day, (1000 - left) * day)).toBe(days);
  });
});
