import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { stopInOrder } from "@/lib/server/stop-in-order";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Longer than everything has to be written in. */
const aLongTime = async () => void (await vi.advanceTimersByTimeAsync(60_000));
const never = () => new Promise<never>(() => undefined);

it("a stop that has written everything is in order, however long PostgreSQL needs to stop", async () => {
  const done: string[] = [];
  const installation = {
    write: async () => void done.push("written"),
    stopDatabase: async () => {
      await aLongTime();
      done.push("stopped");
    },
  };
  expect(await stopInOrder(undefined, installation)).toBe(0);
  expect(done).toEqual(["written", "stopped"]);
});

it("a stop that can't write everything says so by its code, and stops PostgreSQL", async () => {
  let isStopped = false;
  const stopping = stopInOrder(undefined, {
    write: never,
    stopDatabase: async () => void (isStopped = true),
  });
  await aLongTime();
  expect([await stopping, isStopped]).toEqual([1, true]);
});
