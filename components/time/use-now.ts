"use client";

import { useContext, useSyncExternalStore } from "react";
import { portalNow } from "@/components/live/portal-clock";
import { ReadAtContext } from "./portal-time";

const TICK_MILLISECONDS = 10_000;

/** Calls back every ten seconds until the returned function is called. */
export function subscribeToTicks(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MILLISECONDS);
  return () => clearInterval(timer);
}

/** Whole ticks, because React wants the same answer when it asks twice. */
const ticks = (at: number) => Math.floor(at / TICK_MILLISECONDS) * TICK_MILLISECONDS;

/**
 * The current time in epoch milliseconds, in steps of ten seconds, by the servers' clock: the computer's own may be wrong
 * by hours. Server and browser first draw the same, the time at which the page was read.
 */
export function useNow(): number {
  const readAt = useContext(ReadAtContext);
  if (readAt === null) throw new Error("useNow needs a PortalTime around it");
  return useSyncExternalStore(
    subscribeToTicks,
    () => ticks(portalNow(readAt)),
    () => ticks(readAt),
  );
}
