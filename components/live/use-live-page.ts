"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { LiveMessage } from "@/lib/domain/events/live-event";
import { useLiveEvents, type LiveState } from "./use-live-events";

interface LivePage {
  /** A company's id or `all`. */
  companyRef: string;
  isOn: boolean;
  /** When the page was read, epoch milliseconds. */
  readAt: number;
  /** The least time between two readings. */
  pauseMilliseconds: number;
  onMessage?: (message: LiveMessage) => void;
}

/**
 * Reads the page again when new events are announced: at once, then no more often than the pause allows.
 *
 * Never while the stream or the server is away: a page that cannot be read would be replaced by whatever a proxy says
 * meanwhile. A message proves that the server is there; after the pause it is asked. What was missed is announced when
 * the stream is back.
 */
export function useLivePage({ companyRef, isOn, readAt, pauseMilliseconds, onMessage }: LivePage): LiveState {
  const router = useRouter();
  const pause = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isDue = useRef(false);
  const latestState = useRef<LiveState>("connecting");
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
      if (!isDue.current || latestState.current !== "live") return;
      void isServerThere().then((isThere) => isThere && !pause.current && readAgain());
    }, pauseMilliseconds);
  };
  const state = useLiveEvents(companyRef, isOn, readAt, (message) => {
    onMessage?.(message);
    if (pause.current) isDue.current = true;
    else readAgain();
  });
  useEffect(() => {
    latestState.current = state;
  }, [state]);
  return state;
}

function isServerThere(): Promise<boolean> {
  return fetch("/api/health", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}
