import { setTimeout as delay } from "node:timers/promises";

interface PaceLimits {
  first: number;
  least: number;
  most: number;
}

/** How long one batch should take, which is also the longest that others wait for its locks or the disk. */
const TARGET_MILLISECONDS = 40;
const LEAST_PAUSE_MILLISECONDS = 10;
const MOST_PAUSE_MILLISECONDS = 1_000;

/**
 * Does small batches until one comes back with less than was asked for, or the signal stops it; gives the sum.
 *
 * Each is as large as fits into forty milliseconds by what the last one took, and is followed by a pause half as long
 * again, so that on a busy machine the deleting gives way by itself.
 */
export async function inBatches(
  signal: AbortSignal,
  { first, least, most }: PaceLimits,
  doBatch: (limit: number) => Promise<number>,
): Promise<number> {
  let limit = first;
  let total = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const count = await doBatch(limit);
    const took = performance.now() - startedAt;
    total += count;
    if (count < limit) break;
    limit = Math.round(Math.min(most, Math.max(least, limit * clamp(TARGET_MILLISECONDS / took, 0.3, 1.5))));
    await delay(clamp(took * 1.5, LEAST_PAUSE_MILLISECONDS, MOST_PAUSE_MILLISECONDS));
  }
  return total;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
