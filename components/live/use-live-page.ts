"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useRef, useState } from "react";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { PacedReading } from "./paced-reading";
import { useLiveEvents, type LiveState } from "./use-live-events";

interface LivePage {
  /** A company's id or `all`. */
  companyRef: string;
  isOn: boolean;
  /** The page is on its way to another state of its own, which a reading would begin anew. */
  isHeld?: boolean;
  /** When the page was read, epoch milliseconds. */
  readAt: number;
  /** The least time between a reading that has come and the next. */
  pauseMilliseconds: number;
  /** Gets the rows that were stored, oldest first. */
  onRows?: (rows: readonly LiveEvent[]) => void;
}

/**
 * Reads the page again when new events are announced: at once, or once the reading under way has come and the pause is
 * over. What was missed while the stream was away is read when it is back.
 */
export function useLivePage({
  companyRef,
  isOn,
  isHeld = false,
  readAt,
  pauseMilliseconds,
  onRows,
}: LivePage): LiveState {
  const router = useRouter();
  /** How many readings have come: it changes together with what they bring. */
  const [come, setCome] = useState(0);
  const [reading] = useState(
    () =>
      new PacedReading(() =>
        startTransition(() => {
          router.refresh();
          setCome((count) => count + 1);
        }),
      ),
  );
  const pause = useRef(pauseMilliseconds);
  useEffect(() => {
    pause.current = pauseMilliseconds;
  });
  useEffect(() => {
    if (come > 0) reading.end(pause.current);
  }, [reading, come]);
  useEffect(() => reading.hold(isHeld), [reading, isHeld]);
  useEffect(() => () => reading.stop(), [reading]);
  return useLiveEvents(companyRef, isOn, readAt, (rows) => {
    if (rows.length > 0) onRows?.(rows);
    reading.ask();
  });
}
