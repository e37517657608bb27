"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useTransition } from "react";
import type { TableSort } from "@/components/data-table/column";
import { changed, type Changes } from "./list-query";
import { sendTyped } from "./typing-pause";
import { WayAhead } from "./way-ahead";

/** Reads and changes a list's filters in the address; every change begins again at the first page. */
export function useListUrl() {
  const pathname = usePathname();
  const params = useSearchParams();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  const address = addressOf(pathname, params.toString());
  useEffect(() => ahead.show(address), [address]);

  function set(changes: Changes, by: "push" | "replace" = "push") {
    sendTyped();
    const query = changed(ahead.base(address, params.toString()), changes);
    ahead.go(address, query);
    startTransition(() => router[by](addressOf(pathname, query), { scroll: false }));
  }

  return {
    pathname,
    isPending,
    get: (name: string) => params.get(name) ?? "",
    href: (changes: Changes) => addressOf(pathname, changed(params.toString(), changes)),
    set,
  };
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

/** The addresses of other orders. */
export function sortHrefOf(url: ListUrl) {
  return ({ columnId, direction }: TableSort) =>
    url.href({ sort: direction === "desc" ? `-${columnId}` : columnId });
}

/** The screen's query for its exports, without the parameters that the screen leaves out: the read API refuses those. */
export function useExportQuery(ignored: readonly string[]): string {
  const params = new URLSearchParams(useSearchParams());
  for (const name of ignored) params.delete(name);
  return params.toString();
}
