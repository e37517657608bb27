import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { streamResponse } from "@/lib/server/read-api/stream-response";
import { FairQueue } from "@/lib/services/reports/fair-queue";

const WAIT_MILLISECONDS = 45_000;
const LONG = 100 * WAIT_MILLISECONDS;
const ONE_PLACE = {
  atOnce: 1,
  atOncePerReader: 1,
  atOncePerLane: 1,
  slowPerReader: 4,
  openPerReader: 8,
  waiting: 200,
  waitingPerLane: 200,
  waitMilliseconds: WAIT_MILLISECONDS,
};
const PIECES = ["one", "two", "three", "four"];

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function* pieces() {
  yield* PIECES;
}

/** A download whose reader has been slow, so that another has its place; its next piece is asked for. */
async function slowDownload() {
  const queue = new FairQueue(ONE_PLACE);
  const abort = new AbortController();
  const place = await queue.enter({ reader: "slow", lane: "1" });
  const reader = (await streamResponse(pieces(), {}, { abort, place })).body!.getReader();
  const texts: string[] = [];
  const read = async () => {
    const { value, done } = await reader.read();
    if (!done) texts.push(new TextDecoder().decode(value));
    return !done;
  };
  await read();
  // The second piece lies ready, and is not taken.
  await vi.advanceTimersByTimeAsync(1_000);
  const other = await queue.enter({ reader: "other", lane: "2" });
  await read();
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.counts).toEqual({ running: 1, waiting: 1 });
  return { queue, abort, other, read, texts };
}

it("a slow download goes on to its end, however long others have had its place", async () => {
  const { queue, other, read, texts } = await slowDownload();
  await vi.advanceTimersByTimeAsync(LONG);
  expect(queue.counts).toEqual({ running: 1, waiting: 1 });
  other.leave();
  while (await read());
  expect(texts).toEqual(PIECES);
  expect(queue.counts).toEqual({ running: 0, waiting: 0 });
});

it("a reader that leaves while its download waits leaves the queue", async () => {
  const { queue, abort, other } = await slowDownload();
  abort.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.counts).toEqual({ running: 1, waiting: 0 });
  other.leave();
  expect(queue.counts).toEqual({ running: 0, waiting: 0 });
});
