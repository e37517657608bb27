import { kindsFor } from "./kinds";
import type { Audience } from "./kind";

/** What a subscription selects, with names in place of ids. */
export interface SubscriptionWords {
  kinds: readonly string[];
  severities: readonly string[];
  sites: readonly string[];
  accounts: readonly string[];
  computers: readonly string[];
}

/** So many kinds are named; of more the first with a count. */
const NAMED_KINDS = 4;

/** "Burst of failed logons and computer silent, of site HO → ops@example.com, at once". */
export function subscriptionSentence(
  { kinds, severities, sites, accounts, computers }: SubscriptionWords,
  {
    audience,
    target,
    waitSeconds,
    titleOf,
  }: { audience: Audience; target: string; waitSeconds: number; titleOf: (kind: string) => string },
): string {
  const all = kindsFor(audience);
  const titles = kinds.map(titleOf);
  const what = kinds.length >= all.length ? "Everything" : capital(listOf(titles.map(lower), NAMED_KINDS));
  const narrowed = [
    severities.length > 0 && severities.length < 3 ? `if ${inWords(severities, "or")}` : null,
    named("site", sites),
    named("account", accounts),
    named("computer", computers),
  ].filter((part) => part !== null);
  const which = narrowed.length === 0 ? "" : `, ${narrowed.join(", ")}`;
  return `${what}${which} → ${target}, ${waitSeconds === 0 ? "at once" : `within ${waitWords(waitSeconds)}`}`;
}

function named(noun: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  return `of ${noun}${names.length === 1 ? "" : "s"} ${listOf(names, 5)}`;
}

function waitWords(seconds: number): string {
  if (seconds < 60) return `${seconds} seconds`;
  return seconds === 60 ? "a minute" : `${Math.round(seconds / 60)} minutes`;
}

function listOf(words: readonly string[], most: number): string {
  return words.length <= most
    ? inWords(words, "and")
    : `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
}

function inWords(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

const lower = (title: string) => (title.startsWith("API") ? title : title[0]!.toLowerCase() + title.slice(1));
const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
