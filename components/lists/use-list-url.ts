"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";

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
    set: (changes: Record<string, string | null>) =>
      startTransition(() => router.push(href(changes), { scroll: false })),
  };
}

export type ListUrl = ReturnType<typeof useListUrl>;
