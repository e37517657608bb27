import { expect, it, vi } from "vitest";
import { streamInView } from "@/components/live/stream-in-view";
import {
  beatFor,
  browser,
  opened,
  page,
  provideStubStreams,
  show,
  StubSource,
} from "../support/stub-streams";

const MINUTE = 60_000;

provideStubStreams();

/** Follows a stream, and tells what it was told. */
function follow() {
  const told = { refused: 0, hidden: 0, away: 0 };
  const stop = streamInView({
    address: () => "/stream",
    listen: () => undefined,
    onAway: () => (told.away += 1),
    onRefused: () => (told.refused += 1),
    whileHidden: () => (told.hidden += 1),
    reopenMilliseconds: 5_000,
  });
  return { told, stop };
}

it("asks once a minute while the page is hidden, with no stream open", () => {
  const { told, stop } = follow();
  show("hidden");
  expect(opened.map(({ readyState }) => readyState)).toEqual([StubSource.CLOSED]);
  vi.advanceTimersByTime(MINUTE - 1);
  expect(told.hidden).toBe(0);
  vi.advanceTimersByTime(1);
  expect(told.hidden).toBe(1);
  vi.advanceTimersByTime(9 * MINUTE);
  expect(told.hidden).toBe(10);
  expect(opened).toHaveLength(1);
  stop();
});

it("asks in a tab that was opened in the background too", () => {
  page.visibilityState = "hidden";
  const { told, stop } = follow();
  vi.advanceTimersByTime(2 * MINUTE);
  expect(told.hidden).toBe(2);
  expect(opened).toEqual([]);
  stop();
});

it("asks nothing while the browser is offline, and again once it is online", () => {
  const { told, stop } = follow();
  show("hidden");
  browser.onLine = false;
  vi.advanceTimersByTime(5 * MINUTE);
  expect(told.hidden).toBe(0);
  browser.onLine = true;
  vi.advanceTimersByTime(MINUTE);
  expect(told.hidden).toBe(1);
  stop();
});

it("asks nothing once the page is in view again, where the stream tells, however often it was hidden", () => {
  const { told, stop } = follow();
  show("hidden");
  show("hidden");
  vi.advanceTimersByTime(MINUTE);
  expect(told.hidden).toBe(1);
  show("visible");
  beatFor(10 * MINUTE);
  expect(told.hidden).toBe(1);
  expect(opened).toHaveLength(2);
  opened[1]!.refuse();
  expect(told.refused).toBe(1);
  stop();
});

it("asks nothing once it is stopped, hidden or refused", () => {
  const { told, stop } = follow();
  show("hidden");
  stop();
  show("hidden");
  vi.advanceTimersByTime(10 * MINUTE);
  expect(told).toMatchObject({ refused: 0, hidden: 0 });
  const other = follow();
  show("visible");
  opened.at(-1)!.refuse();
  other.stop();
  vi.advanceTimersByTime(10 * MINUTE);
  expect(other.told).toMatchObject({ refused: 1, hidden: 0 });
  expect(opened).toHaveLength(2);
});

it("opens a stream anew that says nothing for longer than two beats take, and says meanwhile that it is away", () => {
  const { told, stop } = follow();
  beatFor(10 * MINUTE);
  expect(opened).toHaveLength(1);
  const before = told.away;
  vi.advanceTimersByTime(30_000);
  expect([opened.length, told.away]).toEqual([1, before]);
  vi.advanceTimersByTime(15_000);
  expect([opened.length, told.away]).toEqual([2, before + 1]);
  expect(opened.map(({ readyState }) => readyState)).toEqual([StubSource.CLOSED, 1]);
  // One that never opens is given up as well, and one that answers is kept.
  vi.advanceTimersByTime(45_000);
  expect(opened).toHaveLength(3);
  beatFor(10 * MINUTE);
  expect(opened).toHaveLength(3);
  stop();
  vi.advanceTimersByTime(10 * MINUTE);
  expect(opened).toHaveLength(3);
});

it("opens a stream anew soon after the computer has slept, and not for a clock that is set back", () => {
  const { stop } = follow();
  beatFor(MINUTE);
  vi.setSystemTime(Date.now() - 60 * MINUTE);
  vi.advanceTimersByTime(10_000);
  expect(opened).toHaveLength(1);
  opened[0]!.beat();
  // While it sleeps no timer goes on, but the clock does.
  vi.setSystemTime(Date.now() + 60 * MINUTE);
  vi.advanceTimersByTime(5_000);
  expect(opened).toHaveLength(2);
  stop();
});

it("waits for its pause after a refusal, however silent it is then", () => {
  const { told, stop } = follow();
  opened[0]!.refuse();
  vi.advanceTimersByTime(4_999);
  expect(opened).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect([opened.length, told.refused]).toEqual([2, 1]);
  stop();
});
