"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";

const APPLIED_KEY = "winauthmon:theme-of-account";

/**
 * Brings the theme of the account to a browser that does not know it yet.
 *
 * Only once for each choice: a theme picked in this browser afterwards stays.
 */
export function StoredTheme({ theme }: { theme: string | null }) {
  const { setTheme } = useTheme();
  useEffect(() => {
    if (theme === null || localStorage.getItem(APPLIED_KEY) === theme) return;
    localStorage.setItem(APPLIED_KEY, theme);
    setTheme(theme);
  }, [theme, setTheme]);
  return null;
}
