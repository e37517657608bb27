"use client";

import { useSyncExternalStore } from "react";

const TICK_MILLISECONDS = 10_000;

/** Calls back every ten seconds until the returned function is called. */
export function subscribeToTicks(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MILLISECONDS);
  return () => clearInterval(timer);
}

// Whole ticks, because React wants the same answer when it asks twice.
const read = () => Math.floor(Date.now() / TICK_MILLISECONDS) * TICK_MILLISECONDS;

/** The current time in epoch milliseconds, in steps of ten seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribeToTicks, read, read);
}
