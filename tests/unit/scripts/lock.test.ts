import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { withLock } from "../../../scripts/lib/lock.mjs";

const STALE_MILLISECONDS = 20_000;
const HOUR = 3_600_000;
const cache = path.resolve(import.meta.dirname, "../../../.cache");
let name: string;
let file: string;
/** What performance.now() says: it goes on only as a test has it. */
let clock: number;
/** How often it was asked: once for each look at the lock of another. */
let looks: number;

beforeEach(async () => {
  name = `test-${randomUUID()}`;
  file = path.join(cache, `${name}.lock`);
  [clock, looks] = [1_000_000, 0];
  vi.spyOn(performance, "now").mockImplementation(() => {
    // The tests' own runner asks for the time, too.
    if (new Error("asked").stack?.includes("lock.mjs")) looks += 1;
    return clock;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await mkdir(cache, { recursive: true });
  await writeFile(file, "1 of another process");
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(file, { force: true });
});

/** Gives the lock a time of this many milliseconds from now. */
async function touch(fromNow: number): Promise<void> {
  const at = new Date(Date.now() + fromNow);
  await utimes(file, at, at);
}

/** Settles when the waiter has looked at the lock as it is by now. */
async function untilLooked(): Promise<void> {
  const before = looks;
  // The first of them may have begun earlier.
  await expect.poll(() => looks).toBeGreaterThan(before + 1);
}

it("a lock that has gone old is taken at once", async () => {
  await touch(-2 * STALE_MILLISECONDS);
  expect(await withLock(name, () => "done")).toBe("done");
});

it("a lock from the future is taken once nobody has touched it for as long as a holder never waits", async () => {
  await touch(HOUR);
  const taken = vi.fn<() => void>();
  const waiting = withLock(name, taken);
  await untilLooked();
  clock += STALE_MILLISECONDS - 1;
  await untilLooked();
  expect(taken).not.toHaveBeenCalled();
  clock += 2;
  await waiting;
  expect(taken).toHaveBeenCalled();
});

it("a lock is left to whoever keeps touching it, also by a clock that is ahead", async () => {
  await touch(HOUR);
  const taken = vi.fn<() => void>();
  const waiting = withLock(name, taken);
  for (let beat = 1; beat <= 4; beat += 1) {
    await untilLooked();
    clock += STALE_MILLISECONDS - 1;
    await touch(HOUR + beat * 1_000);
  }
  await untilLooked();
  expect(taken).not.toHaveBeenCalled();
  expect(await readFile(file, "utf8")).toBe("1 of another process");
  await rm(file);
  await waiting;
  expect(taken).toHaveBeenCalled();
});
