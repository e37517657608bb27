import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isHopeless,
  nextStep,
  parseRetryAfter,
  resultOfStatus,
} from "@/lib/domain/notifications/retry-schedule";

const NOW = Date.UTC(2026, 0, 5, 10);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const failed = (number: number, retryAfterMs: number | null = null) => ({
  number,
  result: "failed" as const,
  retryAfterMs,
});

describe("the retry schedule", () => {
  it.each([
    [1, 5_000],
    [2, 5 * MINUTE],
    [3, 30 * MINUTE],
    [4, 2 * HOUR],
    [5, 5 * HOUR],
    [6, 10 * HOUR],
    [7, 14 * HOUR],
    [8, 20 * HOUR],
    [9, 24 * HOUR],
  ])("follows failed attempt %i after %i ms without jitter", (number, delay) => {
    expect(nextStep(failed(number), NOW, 0)).toEqual({ kind: "retry", at: NOW + delay });
  });

  it("gives up after the tenth attempt, and at once when the receiver refuses the message for good", () => {
    expect(nextStep(failed(10), NOW, 0)).toEqual({ kind: "give-up" });
    const refused = { number: 1, result: "rejected" as const, retryAfterMs: null };
    expect(nextStep(refused, NOW, 0)).toEqual({ kind: "give-up" });
  });

  it("adds at most a fifth as jitter, never comes sooner than asked, and asks for no more than a day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 40 * DAY })),
        (number, random, asked) => {
          const plain = nextStep(failed(number), NOW, 0);
          const step = nextStep(failed(number, asked), NOW, random);
          if (plain.kind !== "retry" || step.kind !== "retry") throw new Error("no retry");
          const [least, wait] = [plain.at - NOW, step.at - NOW];
          expect(wait).toBeGreaterThanOrEqual(Math.max(least, Math.min(asked ?? 0, DAY)));
          expect(wait).toBeLessThanOrEqual(Math.max(Math.ceil(least * 1.2), Math.min(asked ?? 0, DAY)));
        },
      ),
    );
  });

  it.each([
    [200, "success"],
    [204, "success"],
    [299, "success"],
    [199, "failed"],
    [300, "failed"],
    [301, "failed"],
    [307, "failed"],
    [400, "failed"],
    [410, "gone"],
    [429, "failed"],
    [500, "failed"],
  ])("takes answer %i as %s", (status, result) => {
    expect(resultOfStatus(status)).toBe(result);
  });

  it("ends with success and disables on 410, whatever the attempt", () => {
    expect(nextStep({ number: 10, result: "success", retryAfterMs: 5 }, NOW, 0)).toEqual({ kind: "done" });
    expect(nextStep({ number: 1, result: "gone", retryAfterMs: 5 }, NOW, 0)).toEqual({ kind: "disable" });
  });

  it.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Mon, 05 Jan 2026 10:01:00 GMT", MINUTE],
    ["Mon, 05 Jan 2026 09:59:00 GMT", null],
    ["soon", null],
    ["-5", null],
    ["1.5", null],
    ["2027", 2_027_000],
    ["99999999999", null],
    ["", null],
    [null, null],
  ])("reads Retry-After %j as %j ms", (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });

  it("finds a channel hopeless after five days of nothing but failures", () => {
    expect(isHopeless(null, NOW)).toBe(false);
    expect(isHopeless(NOW - 5 * DAY + 1, NOW)).toBe(false);
    expect(isHopeless(NOW - 5 * DAY, NOW)).toBe(true);
  });
});
