"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useTransition } from "react";

/** Reads the page again, unless that is under way: readings would pile up while the server is away. */
export function usePageRefresh(): () => void {
  const router = useRouter();
  const [isUnderWay, start] = useTransition();
  const latest = useRef(isUnderWay);
  useEffect(() => {
    latest.current = isUnderWay;
  }, [isUnderWay]);
  return useCallback(() => {
    if (!latest.current) start(() => router.refresh());
  }, [router]);
}
