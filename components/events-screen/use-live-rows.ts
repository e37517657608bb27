"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLiveEvents, type LiveState } from "@/components/live/use-live-events";

const REFRESH_MILLISECONDS = 1_500;

/**
 * Reads the page again when new events are announced: at once, then no more often than every second and a half, so
 * that the server decides what matches the filters.
 */
export function useLiveRows(companyRef: string, isOn: boolean, readAt: number): LiveState {
  const router = useRouter();
  const pause = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isDue = useRef(false);
  useEffect(
    () => () => {
      if (pause.current) clearTimeout(pause.current);
    },
    [],
  );
  return useLiveEvents(companyRef, isOn, readAt, () => {
    if (pause.current) {
      isDue.current = true;
      return;
    }
    const refresh = () => {
      router.refresh();
      isDue.current = false;
      pause.current = setTimeout(() => {
        pause.current = null;
        if (isDue.current) refresh();
      }, REFRESH_MILLISECONDS);
    };
    refresh();
  });
}
