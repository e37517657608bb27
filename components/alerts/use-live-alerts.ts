"use client";

import { useEffect, useRef } from "react";
import { useLiveEvents, type LiveState } from "@/components/live/use-live-events";
import { usePageRefresh } from "@/components/live/use-page-refresh";

/** Rules look at what is stored a moment later, and an alert that goes on grows with each event. */
const PAUSE_MILLISECONDS = 4_000;
/** What was stored just before the page was read, or took the rules longer, is found by looking again. */
const LOOK_MILLISECONDS = 15_000;

/**
 * Reads the page again some seconds after new events, and now and then, while `isOn`. `readAt`: when it was read, epoch
 * milliseconds.
 */
export function useLiveAlerts(companyRef: string, isOn: boolean, readAt: number): LiveState {
  const refresh = usePageRefresh();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const state = useLiveEvents(companyRef, isOn, readAt, () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refresh();
    }, PAUSE_MILLISECONDS);
  });
  useEffect(() => {
    if (state !== "live") return;
    const first = setTimeout(refresh, PAUSE_MILLISECONDS);
    const looks = setInterval(refresh, LOOK_MILLISECONDS);
    return () => {
      clearTimeout(first);
      clearInterval(looks);
    };
  }, [state, refresh]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [isOn],
  );
  return state;
}
