"use client";

import { useEffect } from "react";
import { usePageRefresh } from "./use-page-refresh";

/** Reads the page again now and then while `isOn` and in view: for what no stream of events announces. */
export function useRefreshWhile(isOn: boolean, milliseconds: number): void {
  const refresh = usePageRefresh();
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => document.visibilityState === "visible" && refresh(), milliseconds);
    return () => clearInterval(timer);
  }, [isOn, milliseconds, refresh]);
}
