import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Silence, SILENT_MILLISECONDS } from "@/components/forms/silence";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that answers after so many milliseconds, and what is told of it. */
function ask(milliseconds: number) {
  const told: boolean[] = [];
  const action = new Silence((isSilent) => told.push(isSilent)).watch(async (question: string) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return `${question}!`;
  });
  return { told, answer: action("done") };
}

it("tells of a server that says nothing, and that it has answered after all", async () => {
  const { told, answer } = ask(SILENT_MILLISECONDS + 1_000);
  await vi.advanceTimersByTimeAsync(SILENT_MILLISECONDS - 1);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual([true]);
  await vi.runAllTimersAsync();
  expect(await answer).toBe("done!");
  expect(told).toEqual([true, false]);
});

it("tells nothing of one that answers in time", async () => {
  const { told, answer } = ask(SILENT_MILLISECONDS - 1);
  await vi.runAllTimersAsync();
  expect(await answer).toBe("done!");
  expect(told).toEqual([false]);
});

it("is over when the connection breaks", async () => {
  const told: boolean[] = [];
  const action = new Silence((isSilent) => told.push(isSilent)).watch(async () => {
    throw new TypeError("Failed to fetch");
  });
  await expect(action()).rejects.toThrow("Failed to fetch");
  await vi.runAllTimersAsync();
  expect(told).toEqual([false]);
});
