"use client";

import { useEffect, useRef } from "react";
import { Link } from "@/components/ui/link";
import { cn } from "./cn";

export interface PageTab {
  name: string;
  label: string;
  href: string;
  /** Goes there with what is on its way; the address is then for other tabs and windows. */
  onStep?: () => void;
}

interface PageTabsProps {
  /** What the pages have in common, for those who hear the page. */
  label: string;
  tabs: readonly PageTab[];
  /** The name of the one that is open. */
  current: string;
}

/** Looks like Tabs, but each tab is a page with an address of its own. */
export function PageTabs({ label, tabs, current }: PageTabsProps) {
  const list = useRef<HTMLUListElement>(null);
  // On a phone the open one may lie outside, and nothing shows that the list scrolls.
  useEffect(() => {
    const [row, tab] = [
      list.current,
      list.current?.querySelector<HTMLElement>("[aria-current]")?.parentElement,
    ];
    if (row && tab) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }, [current]);
  return (
    <nav aria-label={label} data-print="hide">
      <ul
        ref={list}
        className="relative inline-flex h-9 w-fit max-w-full items-center overflow-x-auto [scrollbar-width:none] rounded-lg bg-muted p-[3px]"
      >
        {tabs.map((tab) => (
          <li key={tab.name} className="h-full">
            <Link
              href={tab.href}
              onStep={tab.onStep}
              scroll={false}
              aria-current={tab.name === current ? "page" : undefined}
              className={cn(
                "inline-flex h-full items-center rounded-md border border-transparent px-2.5 text-sm font-medium whitespace-nowrap -outline-offset-1 transition-colors",
                tab.name === current
                  ? "border-border bg-background text-foreground"
                  : "text-muted-foreground hover:text-foreground",
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
