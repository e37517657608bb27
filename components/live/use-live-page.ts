"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { useLiveEvents, type LiveState } from "./use-live-events";

interface LivePage {
  /** A company's id or `all`. */
  companyRef: string;
  isOn: boolean;
  /** When the page was read, epoch milliseconds. */
  readAt: number;
  /** The least time between two readings. */
  pauseMilliseconds: number;
  /** Gets the rows that were stored, oldest first. */
  onRows?: (rows: readonly LiveEvent[]) => void;
}

/**
 * Reads the page again when new events are announced: at once, then no more often than the pause allows. What was
 * missed while the stream was away is announced when it is back.
 */
export function useLivePage({ companyRef, isOn, readAt, pauseMilliseconds, onRows }: LivePage): LiveState {
  const router = useRouter();
  const pause = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isDue = useRef(false);
  useEffect(
    () => () => {
      if (pause.current) clearTimeout(pause.current);
    },
    [],
  );
  const readAgain = () => {
    isDue.current = false;
    router.refresh();
    pause.current = setTimeout(() => {
      pause.current = null;
      if (isDue.current) readAgain();
    }, pauseMilliseconds);
  };
  return useLiveEvents(companyRef, isOn, readAt, (rows) => {
    if (rows.length > 0) onRows?.(rows);
    if (pause.current) isDue.current = true;
    else readAgain();
  });
}
