"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useTransition } from "react";
import type { TableSort } from "@/components/data-table/column";
import { changed, stepped, type Changes } from "./list-query";
import { emptyTyped, sendTyped } from "./typing-pause";
import { WayAhead } from "./way-ahead";

/**
 * Reads and changes a list's filters in the address; every change begins again at the first page. Steps go by `set` and
 * `clear`, links too (`link`, `linkTo`): an address of `href` knows neither what is being typed nor what is on its way.
 */
export function useListUrl() {
  const pathname = usePathname();
  const params = useSearchParams();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  const shown = params.toString();
  const address = addressOf(pathname, shown);
  useEffect(() => ahead.show(address), [address]);
  // Who leaves a list while a step is on its way, and comes back, finds it as it was.
  useEffect(() => () => ahead.show(""), [pathname]);

  const go = useCallback(
    (query: string, by: "push" | "replace" = "push") => {
      ahead.go(address, query);
      startTransition(() => router[by](addressOf(pathname, query), { scroll: false }));
    },
    [address, pathname, router],
  );
  const set = useCallback(
    (changes: Changes, by: "push" | "replace" = "push") => {
      emptyTyped((name) => changes[name] === null);
      sendTyped();
      go(stepped(ahead.base(address, shown), shown, changes), by);
    },
    [address, shown, go],
  );
  const href = useCallback(
    (changes: Changes) => addressOf(pathname, changed(shown, changes)),
    [pathname, shown],
  );
  const link = useCallback(
    (changes: Changes): Step => ({ href: href(changes), onStep: () => set(changes) }),
    [href, set],
  );
  const linkTo = useCallback(
    (path: string, queryOf: (query: string) => string, scroll = true): Step => ({
      href: addressOf(path, queryOf(shown)),
      onStep() {
        sendTyped();
        const query = queryOf(ahead.base(address, shown));
        startTransition(() => router.push(addressOf(path, query), { scroll }));
      },
    }),
    [address, shown, router],
  );

  return {
    pathname,
    isPending,
    get: (name: string) => params.get(name) ?? "",
    href,
    set,
    /** A link within the list, to spread: its address from the page shown, its step from what is on its way. */
    link,
    /** A link to another page with what `queryOf` leaves of the list's query, the same way. Both change with the address only. */
    linkTo,
    /** Leaves nothing of the address but its path. */
    clear() {
      emptyTyped(() => true);
      go("");
    },
  };
}

/** Where a link leads, for its properties. */
export interface Step {
  /** For other tabs and windows. */
  href: string;
  onStep: () => void;
}

const ahead = new WayAhead<string>();

function addressOf(pathname: string, query: string): string {
  return query ? `${pathname}?${query}` : pathname;
}

export type ListUrl = ReturnType<typeof useListUrl>;

/** The order that `sort=` of an address means: a column's id, with - before it the other way round. */
export function sortOf(word: string): TableSort {
  return word.startsWith("-")
    ? { columnId: word.slice(1), direction: "desc" }
    : { columnId: word, direction: "asc" };
}

/** The ways to other orders, for a table. */
export function sortingOf(url: ListUrl) {
  const changesOf = ({ columnId, direction }: TableSort) => ({
    sort: direction === "desc" ? `-${columnId}` : columnId,
  });
  return {
    sortHref: (sort: TableSort) => url.href(changesOf(sort)),
    onSortChange: (sort: TableSort) => url.set(changesOf(sort)),
  };
}

/** The screen's query for its exports, without the parameters that the screen leaves out: the read API refuses those. */
export function useExportQuery(ignored: readonly string[]): string {
  const params = new URLSearchParams(useSearchParams());
  for (const name of ignored) params.delete(name);
  return params.toString();
}
