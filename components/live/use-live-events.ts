"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveMessage } from "@/lib/domain/events/live-event";

const REOPEN_MILLISECONDS = 5_000;

export type LiveState = "connecting" | "live" | "off";

/**
 * Hears newly stored events of a company (id or `all`) while `isOn`, and asks again whenever the stream ends.
 *
 * Returns how the stream is doing, for a sign on the screen.
 */
export function useLiveEvents(
  companyRef: string,
  isOn: boolean,
  onMessage: (message: LiveMessage) => void,
): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const latest = useRef(onMessage);
  useEffect(() => {
    latest.current = onMessage;
  });
  useEffect(() => {
    if (!isOn) return;
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout>;
    const open = () => {
      source = new EventSource(`/api/events/stream?company=${encodeURIComponent(companyRef)}`);
      source.addEventListener("open", () => setState("live"));
      source.addEventListener("error", () => {
        setState("connecting");
        // A refusal, such as a proxy's while its servers restart, ends the browser's own tries.
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MILLISECONDS);
      });
      source.addEventListener("events", (event) =>
        latest.current(JSON.parse(event.data as string) as LiveMessage),
      );
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [companyRef, isOn]);
  return isOn ? state : "off";
}
