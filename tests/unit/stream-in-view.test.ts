import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { streamInView } from "@/components/live/stream-in-view";

const MINUTE = 60_000;
/** What the streams that were opened are listened to by, in order. */
const opened: StubSource[] = [];

class StubSource extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  constructor(readonly address: string) {
    super();
    opened.push(this);
  }
  close(): void {
    this.readyState = StubSource.CLOSED;
  }
  refuse(): void {
    this.readyState = StubSource.CLOSED;
    this.dispatchEvent(new Event("error"));
  }
}

const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const browser = { onLine: true };

function show(visibilityState: "visible" | "hidden"): void {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", page);
  vi.stubGlobal("navigator", browser);
  vi.stubGlobal("EventSource", StubSource);
  page.visibilityState = "visible";
  browser.onLine = true;
  opened.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Follows a stream, and tells what it was told. */
function follow() {
  const told = { refused: 0, hidden: 0 };
  const stop = streamInView({
    address: () => "/stream",
    listen: () => undefined,
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
  vi.advanceTimersByTime(10 * MINUTE);
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
  expect(told).toEqual({ refused: 0, hidden: 0 });
  const other = follow();
  show("visible");
  opened.at(-1)!.refuse();
  other.stop();
  vi.advanceTimersByTime(10 * MINUTE);
  expect(other.told).toEqual({ refused: 1, hidden: 0 });
  expect(opened).toHaveLength(2);
});
