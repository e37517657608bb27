import { describe, expect, test } from "vitest";
import { isBrowserOf, withSignIn, type KnownBrowser } from "@/lib/domain/known-browser";

const NOW = Date.UTC(2026, 5, 1);
const DAY = 24 * 3_600_000;
const fresh: KnownBrowser = { id: "b", signIns: [] };

describe("a known browser", () => {
  test("is that of the users who have signed in there, and of nobody else", () => {
    const browser = withSignIn(withSignIn(fresh, 1, NOW), 2, NOW);
    expect([1, 2, 3].map((userId) => isBrowserOf(browser, userId, NOW))).toEqual([true, true, false]);
    expect(isBrowserOf(null, 1, NOW)).toBe(false);
  });

  test("is forgotten 180 days after the last sign-in", () => {
    const browser = withSignIn(fresh, 1, NOW);
    expect(isBrowserOf(browser, 1, NOW + 180 * DAY - 1)).toBe(true);
    expect(isBrowserOf(browser, 1, NOW + 180 * DAY)).toBe(false);
    const again = withSignIn(browser, 1, NOW + DAY);
    expect(isBrowserOf(again, 1, NOW + 180 * DAY)).toBe(true);
    expect(again.signIns).toHaveLength(1);
  });

  test("keeps the ten users who signed in last, so that the cookie stays small", () => {
    let browser = fresh;
    for (let userId = 1; userId <= 12; userId += 1) browser = withSignIn(browser, userId, NOW + userId);
    expect(browser.signIns.map(({ userId }) => userId)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  });
});
