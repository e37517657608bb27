import fc from "fast-check";
import { expect, it } from "vitest";
import { WindowLimiter } from "@/lib/server/rate-limit/window-limiter";

const WINDOW_SECONDS = 900;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
const EDGE = 1_000 * WINDOW_MS;

it("lets not one more through when a flood crosses a window's edge", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 31, maxLength: 120 }),
      (limit, moments) => {
        const limiter = new WindowLimiter(limit, WINDOW_SECONDS);
        const inTime = moments.toSorted((a, b) => a - b);
        const allowed = inTime.filter((moment) => limiter.use("somebody", EDGE + moment).isAllowed).length;
        // The last window weighs less by and by: by forty seconds of thirty, less than one and a half.
        expect(allowed).toBeLessThanOrEqual(limit + Math.floor((limit * 20_000) / WINDOW_MS));
        expect(allowed).toBeGreaterThanOrEqual(Math.min(limit, moments.length));
      },
    ),
  );
});

it("lets ten guesses through in all at an edge, whenever in the half minute before it they began", () => {
  for (let before = 0; before <= 30_000; before += 250) {
    const limiter = new WindowLimiter(10, WINDOW_SECONDS);
    let allowed = 0;
    for (let tried = 0; tried < 300; tried += 1) {
      if (limiter.use("somebody", EDGE - before + tried * 150).isAllowed) allowed += 1;
    }
    expect(allowed, `${before} ms before the edge`).toBe(10);
  }
});

it("gives room again as the last window goes out of view", () => {
  const limiter = new WindowLimiter(10, WINDOW_SECONDS);
  for (let tried = 0; tried < 12; tried += 1) limiter.use("somebody", EDGE - 1);
  expect(limiter.look("somebody", EDGE).isAllowed).toBe(false);
  expect(limiter.look("somebody", EDGE + WINDOW_MS / 10)).toMatchObject({ isAllowed: true, remaining: 1 });
  expect(limiter.look("somebody", EDGE + WINDOW_MS / 2)).toMatchObject({ isAllowed: true, remaining: 5 });
});

it("says of a refused use when one is allowed again, to the second", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.integer({ min: -WINDOW_MS, max: WINDOW_MS - 1 }), { minLength: 1, maxLength: 40 }),
      (limit, moments) => {
        const limiter = new WindowLimiter(limit, WINDOW_SECONDS);
        const inTime = moments.toSorted((a, b) => a - b);
        for (const moment of inTime) limiter.use("somebody", EDGE + moment);
        const now = EDGE + inTime.at(-1)!;
        let last = limiter.use("somebody", now);
        while (last.isAllowed) last = limiter.use("somebody", now);
        const again = last.resetAtSeconds * 1_000;
        expect(limiter.look("somebody", again - 1_000).isAllowed).toBe(false);
        expect(limiter.look("somebody", again).isAllowed).toBe(true);
      },
    ),
  );
});

it.each([
  // The window that was full still weighs wholly at its end, and then less by one use every 90 seconds.
  { limit: 10, uses: 10, at: 0, waits: WINDOW_SECONDS + 90 },
  { limit: 10, uses: 10, at: WINDOW_SECONDS - 60, waits: 60 + 90 },
  { limit: 1, uses: 1, at: 0, waits: 2 * WINDOW_SECONDS },
])("waits for $waits seconds after $uses uses, $at seconds into the window", ({ limit, uses, at, waits }) => {
  const limiter = new WindowLimiter(limit, WINDOW_SECONDS);
  const now = EDGE + at * 1_000;
  for (let used = 0; used < uses; used += 1) limiter.use("somebody", now);
  const refused = limiter.use("somebody", now);
  expect(refused).toMatchObject({ isAllowed: false, resetAtSeconds: now / 1_000 + waits });
});

it("says of an allowed use when its window is over", () => {
  const limiter = new WindowLimiter(10, WINDOW_SECONDS);
  const allowed = limiter.use("somebody", EDGE + 1);
  expect(allowed).toMatchObject({ isAllowed: true, resetAtSeconds: EDGE / 1_000 + WINDOW_SECONDS });
});
