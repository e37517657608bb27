"use client";

import { useEffect } from "react";
import { OWNER_ACTIVE_COOKIE, OWNER_ACTIVE_SECONDS } from "@/lib/domain/session-activity";

const NOTED_EVERY_MILLISECONDS = 5_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Notes the user's activity, so that what the page reads by itself doesn't count as such. */
export function OwnerActivity() {
  useEffect(() => {
    let notedAt = -Infinity;
    const note = () => {
      const now = performance.now();
      if (now - notedAt < NOTED_EVERY_MILLISECONDS) return;
      notedAt = now;
      document.cookie = `${OWNER_ACTIVE_COOKIE}=1; path=/; samesite=strict; max-age=${OWNER_ACTIVE_SECONDS}`;
    };
    for (const sign of SIGNS) window.addEventListener(sign, note, { capture: true, passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, note, { capture: true });
    };
  }, []);
  return null;
}
