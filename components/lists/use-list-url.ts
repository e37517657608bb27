"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useTransition } from "react";
import type { TableSort } from "@/components/data-table/column";
import { changed, stepped, type Changes } from "./list-query";
import { emptyTyped, sendTyped } from "./typing-pause";
import { useWayAhead } from "./use-way-ahead";
import { WayAhead } from "./way-ahead";

/**
 * Reads and changes a list's filters in the address; every change begins again at the first page. Steps go by `set` and
 * `clear`, links too (`link`, `linkTo`): an address of `href` knows neither what is being typed nor what is on its way.
 */
export function useListUrl() {
  const place = usePlace();
  const { pathname, address, shown, go } = place;
  useEffect(() => ahead.show(address), [address]);
  // Leaving during a pending navigation and coming back shows the list unchanged.
  useEffect(() => () => ahead.show(""), [pathname]);

  const set = useCallback(
    (changes: Changes, by: "push" | "replace" = "push") => {
      emptyTyped((name) => changes[name] === null);
      sendTyped();
      go(pathname, stepped(ahead.base(address, shown), shown, changes), { by, scroll: false });
    },
    [pathname, address, shown, go],
  );
  return {
    pathname,
    isPending: place.isPending,
    get: (name: string) => new URLSearchParams(shown).get(name) ?? "",
    set,
    ...useLinks(place, set),
    /** Leaves nothing of the address but its path. */
    clear() {
      emptyTyped(() => true);
      go(pathname, "", { scroll: false });
    },
  };
}

const ahead = new WayAhead<string>();

/** Where the page is, and how to go on. */
function usePlace() {
  const pathname = usePathname();
  const shown = useSearchParams().toString();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const address = addressOf(pathname, shown);
  const noteStep = useWayAhead(ahead, isPending);
  const go = useCallback(
    (path: string, query: string, { by = "push", scroll }: { by?: "push" | "replace"; scroll: boolean }) => {
      if (path === pathname) noteStep(address, query);
      startTransition(() => router[by](addressOf(path, query), { scroll }));
    },
    [address, pathname, router, startTransition, noteStep],
  );
  return { pathname, shown, address, isPending, go };
}

type Place = ReturnType<typeof usePlace>;

/** Addresses and links. They change with the page's address only, so columns may hold them. */
function useLinks({ pathname, shown, address, go }: Place, set: (changes: Changes) => void) {
  const href = useCallback(
    (changes: Changes) => addressOf(pathname, changed(shown, changes)),
    [pathname, shown],
  );
  /** A link within the list: its address is of the page shown, its step of what is on its way. */
  const link = useCallback(
    (changes: Changes): Step => ({ href: href(changes), onStep: () => set(changes) }),
    [href, set],
  );
  /** The same to another page, or one that keeps only part of the list's query, as `queryOf` says. */
  const linkTo = useCallback(
    (path: string, queryOf: (query: string) => string, scroll = true): Step => ({
      href: addressOf(path, queryOf(shown)),
      onStep() {
        const isKept = (name: string) => new URLSearchParams(queryOf(`${name}=x`)).has(name);
        if (path === pathname) emptyTyped((name) => !isKept(name));
        sendTyped();
        go(path, queryOf(ahead.base(address, shown)), { scroll });
      },
    }),
    [pathname, address, shown, go],
  );
  return { href, link, linkTo };
}

/** Where a link leads, for its properties. */
export interface Step {
  /** For other tabs and windows. */
  href: string;
  onStep: () => void;
}

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
