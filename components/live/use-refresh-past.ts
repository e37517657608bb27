"use client";

import { useSyncExternalStore } from "react";
import { subscribeToTicks } from "@/components/time/use-now";
import { portalNow } from "./portal-clock";
import { useRefreshWhile } from "./use-refresh-while";

const PAUSE_MILLISECONDS = 10_000;

/**
 * Reads the page again once one of the times has passed that it counts down to, epoch milliseconds, and until it has
 * another in its place; null for what isn't awaited. `readAt` (epoch milliseconds) is when the page was read.
 */
export function useRefreshPast(
  times: readonly (number | null)[],
  readAt: number,
  pauseMilliseconds = PAUSE_MILLISECONDS,
): void {
  const isPast = useSyncExternalStore(
    subscribeToTicks,
    () => hasPassed(times, portalNow(readAt)),
    () => false,
  );
  useRefreshWhile(isPast, pauseMilliseconds);
}

/** Whether one of the times has come that are awaited. */
export function hasPassed(times: readonly (number | null)[], now: number): boolean {
  return times.some((at) => at !== null && at <= now);
}
