"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import type { Crumb } from "@/components/ui/breadcrumb";
import { useShell } from "./shell-context";

/** Adds crumbs behind the page's own: a computer's name on its page, say. Draws nothing itself. */
export function PageCrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const pathname = usePathname();
  const { setLeaf } = useShell();
  const key = JSON.stringify(crumbs);
  useEffect(() => {
    setLeaf(pathname, JSON.parse(key) as Crumb[]);
  }, [pathname, key, setLeaf]);
  return null;
}
