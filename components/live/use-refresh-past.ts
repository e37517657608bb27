"use client";

import { useNow } from "@/components/time/use-now";
import { useRefreshWhile } from "./use-refresh-while";

const PAUSE_MILLISECONDS = 10_000;

/**
 * Reads the page again once one of the times has passed that it counts down to, epoch milliseconds, and until it has
 * another in its place; null for what isn't awaited.
 */
export function useRefreshPast(
  times: readonly (number | null)[],
  pauseMilliseconds = PAUSE_MILLISECONDS,
): void {
  const now = useNow();
  useRefreshWhile(
    times.some((at) => at !== null && at <= now),
    pauseMilliseconds,
  );
}
