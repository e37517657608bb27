"use client";

import { useEffect, useRef, useState } from "react";
import { endExports } from "@/components/exports/under-way";
import { streamInView } from "./stream-in-view";
import { unreadNews } from "./unread-news";
import type { LiveMessage } from "@/lib/domain/events/live-event";

const REOPEN_MILLISECONDS = 5_000;

export type LiveState = "connecting" | "live" | "off";

/**
 * Hears newly stored events of a company (id or `all`) while `isOn` and in view, and asks again whenever the stream ends. `readAt`
 * (epoch milliseconds) is when the page was read: what came since is told of too, by a message without rows.
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
    const release = unreadNews.carry();
    const close = streamInView({
      address: () => {
        const query = new URLSearchParams({ company: companyRef, read_at: String(latest.current.readAt) });
        return `/api/events/stream?${query}`;
      },
      listen: (source) => {
        unreadNews.readFrom(source);
        source.addEventListener("open", () => setState("live"));
        source.addEventListener("events", (event) =>
          latest.current.onMessage(JSON.parse(event.data as string) as LiveMessage),
        );
      },
      onAway: () => setState("connecting"),
      onRefused: () => void leaveIfSignedOut(),
      // Without a stream the page would stay visible after the session ends.
      whileHidden: () => void leaveIfSignedOut(),
      reopenMilliseconds: REOPEN_MILLISECONDS,
    });
    return () => {
      close();
      release();
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
  endExports();
  const next = window.location.pathname + window.location.search;
  window.location.assign(`/login?${new URLSearchParams({ notice: "session-over", next })}`);
}
