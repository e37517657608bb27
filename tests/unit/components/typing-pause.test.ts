import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { emptyTyped, sendTyped, TypingPause, whenTakenAway } from "@/components/lists/typing-pause";
import { WayAhead } from "@/components/lists/way-ahead";
import { sourceFiles } from "../../support/source-files";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("sends what is typed when typing pauses, and what it has become only", () => {
  const sent: string[] = [];
  const pause = new TypingPause();
  pause.wait(350, () => sent.push("an"));
  vi.advanceTimersByTime(300);
  pause.wait(350, () => sent.push("anna"));
  vi.advanceTimersByTime(349);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual(["anna"]);
});

it("sends it at once, and once, before a filter is chosen", () => {
  const sent: string[] = [];
  const [name, address] = [new TypingPause(), new TypingPause()];
  name.wait(350, () => sent.push("anna"));
  address.wait(350, () => {
    sent.push("10.0.0.1");
    // As a list's step does.
    sendTyped();
  });
  sendTyped();
  expect(sent).toEqual(["anna", "10.0.0.1"]);
  sendTyped();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual(["anna", "10.0.0.1"]);
});

it("sends nothing of a field that has gone", () => {
  const pause = new TypingPause();
  let isSent = false;
  pause.wait(350, () => (isSent = true));
  pause.stop();
  sendTyped();
  vi.advanceTimersByTime(1_000);
  expect(isSent).toBe(false);
});

it("empties the boxes whose search is taken away, as long as they are there", () => {
  const emptied: string[] = [];
  const leave = whenTakenAway("q", () => emptied.push("q"));
  const leaveAddress = whenTakenAway("address", () => emptied.push("address"));
  emptyTyped((name) => name === "q");
  expect(emptied).toEqual(["q"]);
  leave();
  emptyTyped(() => true);
  expect(emptied).toEqual(["q", "address"]);
  leaveAddress();
});

it("builds a step on the one before it while that is on its way", () => {
  const ahead = new WayAhead<string>();
  expect(ahead.base("/1/events", "")).toBe("");
  ahead.go("/1/events", "q=anna");
  expect(ahead.base("/1/events", "")).toBe("q=anna");
  ahead.show("/1/events");
  expect(ahead.base("/1/events", "")).toBe("q=anna");
});

it.each(["/1/events?q=anna", "/1/accounts"])("forgets a step once another page is shown: %s", (shown) => {
  const ahead = new WayAhead<string>();
  ahead.go("/1/events", "q=anna");
  ahead.show(shown);
  // By going back.
  expect(ahead.base("/1/events", "")).toBe("");
});

it("forgets a step that is over without its page, and no step after it", () => {
  const ahead = new WayAhead<string>();
  const end = ahead.go("/1/events", "q=anna");
  end();
  expect(ahead.base("/1/events", "")).toBe("");
  const endOfFirst = ahead.go("/1/events", "q=bert");
  ahead.go("/1/events", "q=bert&site=1");
  endOfFirst();
  expect(ahead.base("/1/events", "")).toBe("q=bert&site=1");
});

it("takes no step of which the end isn't noted", () => {
  const callers = [...sourceFiles(["components"])].filter(([, text]) => /\bahead\.go\(/.test(text));
  expect(callers.map(([name]) => name)).toEqual(["components/lists/use-way-ahead.ts"]);
});
