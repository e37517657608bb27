"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { hearEvents } from "./hear-events";

export type LiveState = "connecting" | "live" | "off";

/**
 * Hears newly stored events of a company (id or `all`) while `isOn` and in view, and asks again whenever the stream ends.
 * `readAt` (epoch milliseconds) is when the page was read. `onNews` gets the rows that were stored, oldest first, or none
 * when the page is to be read again: some were missed, or the person may see others by now.
 *
 * Returns how the stream is doing, for a sign on the screen.
 */
export function useLiveEvents(
  companyRef: string,
  isOn: boolean,
  readAt: number,
  onNews: (rows: readonly LiveEvent[]) => void,
): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const latest = useRef({ readAt, onNews });
  useEffect(() => {
    latest.current = { readAt, onNews };
  });
  useEffect(() => {
    if (!isOn) return;
    return hearEvents({
      companyRef,
      readAt: () => latest.current.readAt,
      onNews: (rows) => latest.current.onNews(rows),
      onState: setState,
    });
  }, [companyRef, isOn]);
  return isOn ? state : "off";
}
