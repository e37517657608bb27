"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again now and then while `isOn` and in view: for what no stream of events announces. */
export function useRefreshWhile(isOn: boolean, milliseconds: number): void {
  const router = useRouter();
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), milliseconds);
    return () => clearInterval(timer);
  }, [isOn, milliseconds, router]);
}
