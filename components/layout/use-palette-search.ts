"use client";

import { useEffect, useState } from "react";
import type { PaletteResult } from "@/lib/domain/nav-model";
import { keptAnswer, shownAnswer, type PaletteAnswer } from "./palette-answer";

const PAUSE_MILLISECONDS = 200;

async function ask(query: string, companyId: string, signal: AbortSignal) {
  const params = new URLSearchParams({ company: companyId, q: query });
  const response = await fetch(`/api/search?${params}`, { signal, headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`The search answered ${response.status}`);
  return ((await response.json()) as { results: PaletteResult[] }).results;
}

/** Results for the words in the palette's field, asked for when typing pauses; the latest question wins. */
export function usePaletteSearch(words: string, companyId: string) {
  const [answer, setAnswer] = useState<PaletteAnswer | null>(null);
  const query = words.trim();
  const isWorthAsking = query.length >= 2;
  const question = isWorthAsking ? { query, companyId } : null;
  const kept = keptAnswer(answer, question);
  if (kept !== answer) setAnswer(kept);

  useEffect(() => {
    if (!isWorthAsking) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const tell = (results: readonly PaletteResult[], hasFailed: boolean) =>
        abort.signal.aborted || setAnswer({ query, companyId, results, hasFailed });
      ask(query, companyId, abort.signal).then(
        (results) => tell(results, false),
        () => tell([], true),
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [isWorthAsking, query, companyId]);

  return shownAnswer(answer, question);
}
