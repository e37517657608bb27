"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import type { TableSort } from "@/components/data-table/column";

/** Reads and changes a list's filters in the address; every change begins again at the first page. */
export function useListUrl() {
  const pathname = usePathname();
  const params = useSearchParams();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function href(changes: Record<string, string | null>): string {
    const next = new URLSearchParams(params);
    for (const place of ["after", "back", "page"]) next.delete(place);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const query = next.toString();
    return query ? `${pathname}?${query}` : pathname;
  }

  return {
    pathname,
    isPending,
    get: (name: string) => params.get(name) ?? "",
    href,
    set: (changes: Record<string, string | null>, by: "push" | "replace" = "push") =>
      startTransition(() => router[by](href(changes), { scroll: false })),
  };
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
