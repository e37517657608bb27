"use client";

import { useEffect, useState } from "react";
import type { PaletteResult } from "@/lib/domain/nav-model";
import { keptAnswer, shownAnswer, type PaletteAnswer } from "./palette-answer";

/**
 * Answers a GET of `url?company=…&q=…` with `{ results: PaletteResult[] }`, or does the same as a function
 * (a server action, for instance).
 */
export type PaletteSearch =
  | string
  | ((query: string, companyId: string) => Promise<readonly PaletteResult[]>);

const PAUSE_MILLISECONDS = 200;

async function ask(search: PaletteSearch, query: string, companyId: string, signal: AbortSignal) {
  if (typeof search === "function") return search(query, companyId);
  const params = new URLSearchParams({ company: companyId, q: query });
  const response = await fetch(`${search}?${params}`, { signal, headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`The search answered ${response.status}`);
  return ((await response.json()) as { results: PaletteResult[] }).results;
}

/** Results for the words in the palette's field, asked for when typing pauses; the latest question wins. */
export function usePaletteSearch(search: PaletteSearch | undefined, words: string, companyId: string) {
  const [answer, setAnswer] = useState<PaletteAnswer | null>(null);
  const query = words.trim();
  const isWorthAsking = search !== undefined && query.length >= 2;
  const question = isWorthAsking ? { query, companyId } : null;
  const kept = keptAnswer(answer, question);
  if (kept !== answer) setAnswer(kept);

  useEffect(() => {
    if (!search || !isWorthAsking) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const tell = (results: readonly PaletteResult[], hasFailed: boolean) =>
        abort.signal.aborted || setAnswer({ query, companyId, results, hasFailed });
      ask(search, query, companyId, abort.signal).then(
        (results) => tell(results, false),
        () => tell([], true),
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [search, isWorthAsking, query, companyId]);

  return shownAnswer(answer, question);
}
