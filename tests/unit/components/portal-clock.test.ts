import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makePortalClock } from "@/components/live/portal-clock";

const HOUR = 3_600_000;
/** By the servers' clock. */
const READ_AT = Date.parse("2030-06-03T10:00:00Z");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([-HOUR, 0, HOUR])("follows the servers' clock where the computer's is ahead by %i ms", (ahead) => {
  vi.setSystemTime(READ_AT + ahead);
  const now = makePortalClock();
  expect(now(READ_AT)).toBe(READ_AT);
  vi.advanceTimersByTime(90_000);
  expect(now(READ_AT)).toBe(READ_AT + 90_000);
});

it("takes the newest reading, also when an older page is shown again", () => {
  vi.setSystemTime(READ_AT + HOUR);
  const now = makePortalClock();
  now(READ_AT);
  vi.advanceTimersByTime(60_000);
  // The page took two seconds to arrive.
  expect(now(READ_AT + 58_000)).toBe(READ_AT + 58_000);
  vi.advanceTimersByTime(600_000);
  expect(now(READ_AT)).toBe(READ_AT + 658_000);
});

it("counts the time that the computer slept, in which the steady clock may stand still", () => {
  vi.setSystemTime(READ_AT);
  const now = makePortalClock();
  now(READ_AT);
  vi.setSystemTime(READ_AT + 8 * HOUR);
  expect(now(READ_AT)).toBe(READ_AT + 8 * HOUR);
});

it("goes on when the computer's clock is set back, and is right again with the next reading when it is set ahead", () => {
  vi.setSystemTime(READ_AT);
  const now = makePortalClock();
  now(READ_AT);
  vi.advanceTimersByTime(30_000);
  vi.setSystemTime(READ_AT - HOUR);
  expect(now(READ_AT)).toBe(READ_AT + 30_000);
  vi.setSystemTime(READ_AT + 3 * HOUR);
  expect(now(READ_AT + 40_000)).toBe(READ_AT + 40_000);
});
