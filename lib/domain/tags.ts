import type { Text } from "./text";

/** What a company can say of an account or a computer, for rules that need to know. */
export const ACCOUNT_TAGS = ["service-account", "administrator"] as const;
export const COMPUTER_TAGS = ["administrators-computer"] as const;
export const TAGS = [...ACCOUNT_TAGS, ...COMPUTER_TAGS] as const;
export type AccountTag = (typeof ACCOUNT_TAGS)[number];
export type ComputerTag = (typeof COMPUTER_TAGS)[number];
export type Tag = (typeof TAGS)[number];

export const TAG_TEXT: Readonly<Record<Tag, Text>> = {
  "service-account": { key: "tags.serviceAccount" },
  administrator: { key: "tags.administrator" },
  "administrators-computer": { key: "tags.administratorsComputer" },
};

export function isAccountTag(tag: Tag): tag is AccountTag {
  return (ACCOUNT_TAGS as readonly Tag[]).includes(tag);
}

/** Names that have a tag: `*` stands for any text, `?` for one character. Folded like a name's key. */
export interface TagPattern {
  tag: Tag;
  patternKey: string;
}

/** A tag that was given by hand, or taken by hand from what a pattern matches. */
export interface HandTag {
  tag: Tag;
  hasTag: boolean;
}

/**
 * The tags of a name, in their order: those given by hand, and those of patterns unless taken by hand.
 *
 * A pattern without a backslash is also matched with what follows the last one of the name, so that `svc-*` means
 * `CORP\svc-backup` too.
 */
export function tagsOf(
  key: string,
  tags: readonly Tag[],
  patterns: readonly TagPattern[],
  byHand: readonly HandTag[],
): Tag[] {
  return tags.filter((tag) => {
    const hand = byHand.find((one) => one.tag === tag);
    if (hand) return hand.hasTag;
    return patterns.some((one) => one.tag === tag && matchesPattern(key, one.patternKey));
  });
}

/** Both folded like a name's key. */
export function matchesPattern(key: string, patternKey: string): boolean {
  const short = key.slice(key.lastIndexOf("\\") + 1);
  return matchesWhole(key, patternKey) || (!patternKey.includes("\\") && matchesWhole(short, patternKey));
}

/** The pattern for PostgreSQL's `like`, which then finds what {@link matchesPattern} finds. */
export function likePattern(patternKey: string): string {
  return patternKey
    .replaceAll(/[\\%_]/g, String.raw`\$&`)
    .replaceAll("*", "%")
    .replaceAll("?", "_");
}

/** Goes back only to the last star, so that no pattern takes longer than its length times the text's. */
function matchesWhole(wholeText: string, wholePattern: string): boolean {
  // By characters and not by halves of them, as PostgreSQL counts.
  const [text, pattern] = [[...wholeText], [...wholePattern]];
  let [at, place, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[place] === "*") {
      star = place;
      resume = at;
      place += 1;
    } else if (place < pattern.length && (pattern[place] === "?" || pattern[place] === text[at])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      place = star + 1;
    } else return false;
  }
  while (pattern[place] === "*") place += 1;
  return place === pattern.length;
}
