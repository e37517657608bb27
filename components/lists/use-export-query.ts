"use client";

import { useSearchParams } from "next/navigation";

/** The screen's query for its exports, without the parameters that the screen leaves out: the read API refuses those. */
export function useExportQuery(ignored: readonly string[]): string {
  const params = new URLSearchParams(useSearchParams());
  for (const name of ignored) params.delete(name);
  return params.toString();
}
