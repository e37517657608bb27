import { afterEach, beforeEach, vi } from "vitest";
import { STREAM_BEAT, STREAM_BEAT_MILLISECONDS } from "@/lib/domain/events/live-event";

/** A stream that a page opened, and what its server would do with it. */
export class StubSource extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  constructor(readonly address: string) {
    super();
    opened.push(this);
  }
  close(): void {
    this.readyState = StubSource.CLOSED;
  }
  answer(): void {
    this.dispatchEvent(new Event("open"));
  }
  beat(): void {
    this.dispatchEvent(new Event(STREAM_BEAT));
  }
  tell(event: string, data: object): void {
    this.dispatchEvent(Object.assign(new Event(event), { data: JSON.stringify(data) }));
  }
  /** The browser tries again by itself. */
  interrupt(): void {
    this.dispatchEvent(new Event("error"));
  }
  refuse(): void {
    this.readyState = StubSource.CLOSED;
    this.dispatchEvent(new Event("error"));
  }
}

/** The streams that were opened, in order. */
export const opened: StubSource[] = [];
export const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
export const browser = { onLine: true };

/** Addresses of the streams that are open. */
export function openAddresses(): string[] {
  return opened.filter(({ readyState }) => readyState !== StubSource.CLOSED).map(({ address }) => address);
}

export function show(visibilityState: "visible" | "hidden"): void {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event("visibilitychange"));
}

/** Lets time pass during which the newest stream beats as a server's does. */
export function beatFor(milliseconds: number): void {
  for (let passed = 0; passed < milliseconds; passed += STREAM_BEAT_MILLISECONDS) {
    vi.advanceTimersByTime(STREAM_BEAT_MILLISECONDS);
    opened.at(-1)!.beat();
  }
}

/** A window in view, for each test, whose time goes on by hand. */
export function provideStubStreams(): void {
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
}
