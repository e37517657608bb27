import { matchWords } from "@/components/ui/command";
import type { PaletteResult } from "@/lib/domain/nav-model";

/** What is asked for: names with the words, of the company in view. */
export interface PaletteQuestion {
  query: string;
  companyId: string;
}

/** The last answer that came, with its question. */
export interface PaletteAnswer extends PaletteQuestion {
  results: readonly PaletteResult[];
  hasFailed: boolean;
}

const isTo = (answer: PaletteAnswer | null, { query, companyId }: PaletteQuestion) =>
  answer !== null && answer.query === query && answer.companyId === companyId;

/**
 * What is left of the last answer under the present question, null for one that isn't worth asking: another company's
 * names lead to its pages, and what has failed once may succeed.
 */
export function keptAnswer(
  answer: PaletteAnswer | null,
  question: PaletteQuestion | null,
): PaletteAnswer | null {
  if (answer === null || question === null || answer.companyId !== question.companyId) return null;
  return answer.hasFailed && !isTo(answer, question) ? null : answer;
}

/** What to show for the question: until its answer is there, what of the last one its words still find. */
export function shownAnswer(answer: PaletteAnswer | null, question: PaletteQuestion | null) {
  const kept = keptAnswer(answer, question);
  const isAnswered = question !== null && isTo(kept, question);
  const results = kept?.results ?? [];
  return {
    results: isAnswered
      ? results
      : results.filter(({ label }) => matchWords(label, question?.query ?? "") > 0),
    isSearching: question !== null && !isAnswered,
    hasFailed: isAnswered && kept!.hasFailed,
  };
}
