"use client";

import { useEffect, useState } from "react";

const REOPEN_MILLISECONDS = 30_000;

/**
 * How many notifications the person has not read, as the server tells it whenever it changes; 100 stands for more.
 *
 * Only a page in view keeps its stream: browsers open few connections to one server, and many tabs would use them up.
 */
export function useUnread(): [number, (count: number) => void] {
  const [count, setCount] = useState(0);
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = null;
    };
    const open = () => {
      close();
      source = new EventSource("/api/events/stream?company=all&only=unread");
      source.addEventListener("unread", (event) => {
        setCount((JSON.parse(event.data as string) as { count: number }).count);
      });
      source.addEventListener("error", () => {
        // The browser tries again by itself unless it was refused.
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MILLISECONDS);
      });
    };
    const follow = () => (document.visibilityState === "visible" ? open() : close());
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      close();
    };
  }, []);
  return [count, setCount];
}
