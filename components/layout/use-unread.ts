"use client";

import { useEffect, useState } from "react";
import { streamInView } from "@/components/live/stream-in-view";

const REOPEN_MILLISECONDS = 30_000;

/**
 * How many notifications the person has not read, as the server tells it whenever it changes while the page is in view;
 * 100 stands for more.
 */
export function useUnread(): [number, (count: number) => void] {
  const [count, setCount] = useState(0);
  useEffect(() => {
    return streamInView({
      address: () => "/api/events/stream?company=all&only=unread",
      listen: (source) => {
        source.addEventListener("unread", (event) => {
          setCount((JSON.parse(event.data as string) as { count: number }).count);
        });
      },
      reopenMilliseconds: REOPEN_MILLISECONDS,
    });
  }, []);
  return [count, setCount];
}
