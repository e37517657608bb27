"use client";

import { useEffect, useState } from "react";
import { unreadNews } from "@/components/live/unread-news";

/**
 * How many notifications the person has not read, as the server tells it whenever it changes while the page is in view;
 * 100 stands for more.
 */
export function useUnread(): [number, (count: number) => void] {
  const [count, setCount] = useState(0);
  useEffect(() => unreadNews.hear(setCount), []);
  return [count, setCount];
}
