"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLiveEvents, type LiveState } from "@/components/live/use-live-events";

/** Rules look at what is stored a moment later, and an alert that goes on grows with each event. */
const PAUSE_MILLISECONDS = 4_000;

/** Reads the page again some seconds after new events. `readAt`: when the page was read, epoch milliseconds. */
export function useLiveAlerts(companyId: number, readAt: number): LiveState {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useLiveEvents(String(companyId), true, readAt, () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      router.refresh();
    }, PAUSE_MILLISECONDS);
  });
}
