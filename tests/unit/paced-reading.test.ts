import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PacedReading } from "@/components/live/paced-reading";

const PAUSE = 1_500;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function pacing() {
  const told = { begun: 0 };
  return { told, reading: new PacedReading(() => (told.begun += 1)) };
}

it("reads at once, and again only when that has come and the pause is over", () => {
  const { told, reading } = pacing();
  reading.ask();
  expect(told.begun).toBe(1);
  reading.ask();
  vi.advanceTimersByTime(60_000);
  reading.ask();
  expect(told.begun).toBe(1);
  reading.end(PAUSE);
  vi.advanceTimersByTime(PAUSE - 1);
  expect(told.begun).toBe(1);
  vi.advanceTimersByTime(1);
  expect(told.begun).toBe(2);
});

it("reads no more when nothing was asked for since the last began", () => {
  const { told, reading } = pacing();
  reading.ask();
  reading.end(PAUSE);
  vi.advanceTimersByTime(60_000);
  expect(told.begun).toBe(1);
  reading.ask();
  expect(told.begun).toBe(2);
});

it("begins nothing while it is held, and what was due once it is not", () => {
  const { told, reading } = pacing();
  reading.hold(true);
  reading.ask();
  vi.advanceTimersByTime(60_000);
  expect(told.begun).toBe(0);
  reading.hold(false);
  expect(told.begun).toBe(1);
});

it("begins nothing once the page is left, also in a pause", () => {
  const { told, reading } = pacing();
  reading.ask();
  reading.end(PAUSE);
  reading.ask();
  reading.stop();
  vi.advanceTimersByTime(60_000);
  expect(told.begun).toBe(1);
});

const steps = fc.array(fc.constantFrom("ask", "end", "hold", "free", "wait"), { maxLength: 60 });

it("has at most one reading under way, and never forgets one that is due, whatever comes when", () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const underWay = { now: 0, most: 0, lastAsked: 0, lastBegun: -1 };
      let step = 0;
      const reading = new PacedReading(() => {
        underWay.now += 1;
        underWay.most = Math.max(underWay.most, underWay.now);
        underWay.lastBegun = step;
      });
      const end = () => {
        if (underWay.now === 0) return;
        underWay.now -= 1;
        reading.end(PAUSE);
      };
      reading.ask();
      for (const taking of taken) {
        step += 1;
        if (taking === "ask") {
          underWay.lastAsked = step;
          reading.ask();
        } else if (taking === "end") end();
        else if (taking === "wait") vi.advanceTimersByTime(PAUSE);
        else reading.hold(taking === "hold");
      }
      step += 1;
      reading.hold(false);
      end();
      vi.advanceTimersByTime(PAUSE);
      expect(underWay.most).toBe(1);
      expect(underWay.lastBegun).toBeGreaterThanOrEqual(underWay.lastAsked);
      reading.stop();
    }),
  );
});
