import type { Part } from "./paired-messages";

/** How a text is one of the catalog, or a part of it. */
export interface PartsMatch {
  /** What stands in the holes that the text covers. */
  values: Record<string, string>;
  /** Letters of the catalog's own words among the text. */
  letters: number;
  isWhole: boolean;
}

/** A character that stands for what a regular expression leaves open. */
const isWild = (sign: string | undefined) => sign !== undefined && sign >= "\uE000" && sign <= "\uF8FF";
const isLetter = (sign: string | undefined) => sign !== undefined && /\p{L}|\d/u.test(sign);
const lettersIn = (text: string) => text.match(/\p{L}/gu)?.length ?? 0;

/** Finds the text in the parts, from their begin to their end unless `canBePart`; null when it isn't there. */
export function matchParts(text: string, parts: readonly Part[], canBePart: boolean): PartsMatch | null {
  const whole = matchFrom(text, parts, false);
  if (whole || !canBePart) return whole && { ...whole, isWhole: true };
  const found = parts.flatMap((part, at) => {
    const rest = parts.slice(at + 1);
    if (typeof part !== "string") return matchFrom(text, parts.slice(at), true) ?? [];
    return [...part].flatMap((sign, begin) => {
      if (sign !== text[0] || (isLetter(sign) && isLetter(part[begin - 1]))) return [];
      return matchFrom(text, [part.slice(begin), ...rest], true) ?? [];
    });
  });
  const best = found.toSorted((a, b) => b.letters - a.letters)[0];
  return best ? { ...best, isWhole: false } : null;
}

type Found = Omit<PartsMatch, "isWhole">;

function matchFrom(text: string, parts: readonly Part[], canEnd: boolean, afterWild = false): Found | null {
  const [part, ...rest] = parts;
  if (text === "") return part === undefined || canEnd ? { values: {}, letters: 0 } : null;
  if (part === undefined) return null;
  if (typeof part === "string") return matchWords(text, part, rest, canEnd, afterWild);
  for (let end = 1; end <= text.length; end += 1) {
    const value = text.slice(0, end);
    const found = matchFrom(text.slice(end), rest, canEnd, isWild(text[end - 1]));
    if (found) return { ...found, values: { [part.hole]: value, ...found.values } };
  }
  return null;
}

function matchWords(
  text: string,
  words: string,
  rest: readonly Part[],
  canEnd: boolean,
  afterWild: boolean,
): Found | null {
  const count = (found: Found | null, matched: string) =>
    found && { ...found, letters: found.letters + lettersIn(matched) };
  if (text.startsWith(words)) return count(matchFrom(text.slice(words.length), rest, canEnd), words);
  // Cut where a word ends.
  if (canEnd && words.startsWith(text) && !(isLetter(text.at(-1)) && isLetter(words[text.length])))
    return { values: {}, letters: lettersIn(text) };
  const skips = afterWild ? text : isWild(text[0]) ? text.slice(1) : null;
  if (skips === null) {
    // What a regular expression leaves open may begin within the words.
    const wild = [...text].findIndex(isWild);
    if (wild > 0 && words.startsWith(text.slice(0, wild)))
      return count(matchFrom(text.slice(wild), [words.slice(wild), ...rest], canEnd), text.slice(0, wild));
    return null;
  }
  for (let at = 1; at <= words.length; at += 1) {
    const found = matchFrom(skips, at === words.length ? rest : [words.slice(at), ...rest], canEnd);
    if (found) return found;
  }
  return null;
}
