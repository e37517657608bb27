import type { SubjectParam } from "@/lib/domain/reports/report";

const WORDS: Readonly<Record<SubjectParam, string>> = { account: "an account", computer: "a computer" };

/** In English, for the API: "a computer or an account". */
export function subjectsInWords(needs: readonly SubjectParam[]): string {
  return needs.map((name) => WORDS[name]).join(" or ");
}
