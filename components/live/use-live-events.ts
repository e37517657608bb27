"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveMessage } from "@/lib/domain/events/live-event";

export type LiveState = "connecting" | "live" | "off";

/**
 * Hears newly stored events of a company (id or `all`) while `isOn`; the browser reconnects by itself.
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
    const source = new EventSource(`/api/events/stream?company=${encodeURIComponent(companyRef)}`);
    source.addEventListener("open", () => setState("live"));
    source.addEventListener("error", () => setState("connecting"));
    source.addEventListener("events", (event) =>
      latest.current(JSON.parse(event.data as string) as LiveMessage),
    );
    return () => source.close();
  }, [companyRef, isOn]);
  return isOn ? state : "off";
}
