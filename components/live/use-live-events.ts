"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveMessage } from "@/lib/domain/events/live-event";

const REOPEN_MILLISECONDS = 5_000;

export type LiveState = "connecting" | "live" | "off";

/**
 * Hears newly stored events of a company (id or `all`) while `isOn`, and asks again whenever the stream ends. `readAt`
 * (epoch milliseconds) is when the page was read: what came since is told of too, by a message without rows.
 *
 * Only a page in view keeps its stream: browsers open few connections to one server, and many tabs would use them up.
 *
 * Returns how the stream is doing, for a sign on the screen.
 */
export function useLiveEvents(
  companyRef: string,
  isOn: boolean,
  readAt: number,
  onMessage: (message: LiveMessage) => void,
): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const latest = useRef({ readAt, onMessage });
  useEffect(() => {
    latest.current = { readAt, onMessage };
  });
  useEffect(() => {
    if (!isOn) return;
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = null;
      setState("connecting");
    };
    const open = () => {
      close();
      const query = new URLSearchParams({ company: companyRef, read_at: String(latest.current.readAt) });
      source = new EventSource(`/api/events/stream?${query}`);
      source.addEventListener("open", () => setState("live"));
      source.addEventListener("error", () => {
        setState("connecting");
        // A refusal, such as a proxy's while its servers restart, ends the browser's own tries.
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(open, REOPEN_MILLISECONDS);
        void leaveIfSignedOut();
      });
      source.addEventListener("events", (event) =>
        latest.current.onMessage(JSON.parse(event.data as string) as LiveMessage),
      );
    };
    const follow = () => (document.visibilityState === "visible" ? open() : close());
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      close();
    };
  }, [companyRef, isOn]);
  return isOn ? state : "off";
}

/** Goes to the sign-in page when the session has ended meanwhile; it leads back here. */
async function leaveIfSignedOut(): Promise<void> {
  const session: unknown = await fetch("/api/auth/session", { cache: "no-store" })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .catch(() => undefined);
  if (session !== null) return;
  const next = window.location.pathname + window.location.search;
  window.location.assign(`/login?${new URLSearchParams({ notice: "session-over", next })}`);
}
