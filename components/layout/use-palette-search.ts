"use client";

import { matchWords } from "@/components/ui/command";
import { useEffect, useState } from "react";
import type { PaletteResult } from "@/lib/domain/nav-model";

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

type State = { query: string; results: readonly PaletteResult[]; hasFailed: boolean };

/** Results for the words in the palette's field, asked for when typing pauses; the latest question wins. */
export function usePaletteSearch(search: PaletteSearch | undefined, words: string, companyId: string) {
  const [state, setState] = useState<State>({ query: "", results: [], hasFailed: false });
  const query = words.trim();
  const isWorthAsking = search !== undefined && query.length >= 2;

  useEffect(() => {
    if (!search || !isWorthAsking) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask(search, query, companyId, abort.signal).then(
        (results) => !abort.signal.aborted && setState({ query, results, hasFailed: false }),
        () => !abort.signal.aborted && setState({ query, results: [], hasFailed: true }),
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [search, isWorthAsking, query, companyId]);

  if (!isWorthAsking) return { results: [], isSearching: false, hasFailed: false };
  return {
    // Until the answer is there, those of the last one that the words still find.
    results:
      state.query === query
        ? state.results
        : state.results.filter(({ label }) => matchWords(label, query) > 0),
    isSearching: state.query !== query,
    hasFailed: state.query === query && state.hasFailed,
  };
}
