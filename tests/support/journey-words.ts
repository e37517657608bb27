import de from "@/messages/de.json";
import en from "@/messages/en.json";
import { TIME_WORDS } from "@/messages/time-words";
import { pseudoTexts } from "../../scripts/lib/pseudo-locale.mjs";
import { ENGLISH_VALUES, GIVEN_NAMES, isKept } from "./english-journeys";
import { matchParts } from "./match-parts";
import { PHRASES_IN_PARTS } from "./phrases-in-parts";
import { pairMessages, TAG_EDGE, type PairedMessage, type Part } from "./paired-messages";
import { escapeRegExp, templatesOf, type Template } from "./regexp-template";

const ENGLISH_WORD = /^(?:\p{Lu}\p{Ll}+|a|an|and|are|for|has|in|is|isn't|its|of|on|the|to|with)[,.:]?$/u;
const CATALOGS = { de, "en-XA": pseudoTexts(en) };
export type JourneyLanguage = keyof typeof CATALOGS;

/** What a journey looks for, in words of another language. A text that has several translations becomes an expression. */
export type Translate = (wanted: string | RegExp, isExact?: boolean) => string | RegExp;

/** Translates what a journey looks for by the catalog. What isn't in the catalog, such as names, stays. */
export function translator(language: JourneyLanguage): Translate {
  const words = new Translation(pairMessages(en, CATALOGS[language]), language);
  const known = new Map<string, string | RegExp>();
  const translate = (wanted: string | RegExp, isExact: boolean): string | RegExp => {
    const parts = PHRASES_IN_PARTS[String(wanted)];
    if (parts) {
      const sources = parts.map((part) => (typeof part === "string" ? translate(part, false) : part));
      return new RegExp(sources.map((part) => `(?=.*(?:${sourceOf(part)}))`).join(""), "isu");
    }
    if (typeof wanted === "string") {
      const sources = words.sourcesOf(wanted, !isExact);
      const plain = sources[0]!.replaceAll(String.raw`\s+`, " ").replaceAll(/\\([^\w\s])/g, "$1");
      if (sources.length === 1 && sources[0] === spaced(plain)) return plain;
      return new RegExp(
        isExact ? `^\\s*(?:${sources.join("|")})\\s*$` : sources.join("|"),
        isExact ? "u" : "iu",
      );
    }
    const sources = templatesOf(wanted.source)
      .flatMap((template) => (wanted.flags.includes("i") ? bothCases(template) : [template]))
      .flatMap((template) => words.sourcesOf(template.text, true, template));
    const asItStands = templatesOf(wanted.source).map(({ text, fill }) => fill(spaced(text)));
    if (sources.join("|") === asItStands.join("|")) return wanted;
    return new RegExp([...new Set(sources)].join("|"), `${wanted.flags.replace("u", "")}u`);
  };
  return (wanted, isExact = false) => {
    const name = `${String(isExact)} ${typeof wanted} ${String(wanted)}`;
    const found = known.get(name) ?? translate(wanted, isExact);
    known.set(name, found);
    return found;
  };
}

function sourceOf(words: string | RegExp): string {
  return typeof words === "string" ? spaced(words) : words.source;
}

/** The catalog is searched as it is written. */
function bothCases(template: Template): Template[] {
  const [first = "", ...rest] = template.text;
  const forms = new Set([first.toLowerCase(), first.toUpperCase()]);
  return [...forms].map((letter) => ({ ...template, text: [letter, ...rest].join("") }));
}

class Translation {
  constructor(
    private readonly pairs: readonly PairedMessage[],
    private readonly language: JourneyLanguage,
  ) {}

  /** Regular expressions of the text's translations, at least one; `canBePart` finds parts of the catalog's texts, too. */
  sourcesOf(text: string, canBePart: boolean, template?: Template): string[] {
    if (isKept(text)) return [this.plain(text, template)];
    const found = this.find(text, canBePart, template?.isOpen);
    const sources = found.map(({ pair, values }) => this.wordsOf(pair.other, values, template));
    if (sources.length === 0) sources.push(this.compose(text, template));
    // A single word in small letters can as well be a name.
    const canBeName = !found.some(({ isWhole }) => isWhole) && /^[^\s\p{Lu}]+$/u.test(text);
    if (canBeName || GIVEN_NAMES.has(text)) sources.push(this.plain(text, template));
    return [...new Set(sources)];
  }

  /** The texts of the catalog that fit best. */
  private find(text: string, canBePart: boolean, isOpen = false) {
    const matches = this.pairs.flatMap((pair) => {
      const match = matchParts(text, pair.english, canBePart);
      return match && match.letters > 1 ? [{ ...match, pair }] : [];
    });
    const most = Math.max(...matches.map(({ letters }) => letters));
    const best = matches.filter(({ letters, isWhole }) => letters === most && (isWhole || letters > 2));
    const wholes = best.filter(({ isWhole }) => isWhole);
    // The begin of a text can be the whole of a shorter one.
    return wholes.length > 0 && !isOpen ? wholes : best;
  }

  private wordsOf(parts: readonly Part[], values: Record<string, string>, template?: Template): string {
    const isKnown = (part: Part) => (typeof part === "string" ? part.trim() !== "" : part.hole in values);
    return parts
      .slice(parts.findIndex(isKnown), parts.findLastIndex(isKnown) + 1)
      .map((part, at, all) => {
        // What stands before and behind what is looked for may be elsewhere.
        if (typeof part === "string" && at === 0) return spaced(part.trimStart());
        if (typeof part === "string" && at === all.length - 1) return spaced(part.trimEnd());
        if (typeof part === "string") return spaced(part);
        const value = values[part.hole];
        if (value === undefined) return ".*?";
        return ENGLISH_VALUES.has(part.hole) ? this.plain(value, template) : this.valueOf(value, template);
      })
      .join("");
  }

  private valueOf(value: string, template?: Template): string {
    if (GIVEN_NAMES.has(value)) return this.plain(value, template);
    const found = this.find(value, false);
    const sources = found.map(({ pair, values }) => this.wordsOf(pair.other, values, template));
    const unique = [...new Set(sources.length > 0 ? sources : [this.compose(value, template)])];
    return unique.length === 1 ? unique[0]! : `(?:${unique.join("|")})`;
  }

  /** Several texts of the catalog in a row, such as the name of a row; other words stay. */
  private compose(text: string, template?: Template): string {
    const tokens = text.split(/(\s+)/);
    const sources: string[] = [];
    const left: string[] = [];
    for (let at = 0; at < tokens.length;) {
      const found = this.longest(tokens, at, text, template);
      const [end, source] = found ?? [at + 1, this.plain(tokens[at]!, template)];
      if (!found) left.push(tokens[at]!);
      sources.push(source);
      at = end;
    }
    // With an English word left over it is a name, such as "Own Company".
    return left.some((word) => ENGLISH_WORD.test(word)) ? this.plain(text, template) : sources.join("");
  }

  private longest(tokens: string[], at: number, whole: string, template?: Template): [number, string] | null {
    for (let end = tokens.length; end > at; end -= 1) {
      const phrase = tokens.slice(at, end).join("");
      const [, words = "", mark = ""] = /^(.*?)([,:.;]?)$/s.exec(phrase)!;
      for (const [tried, after] of [
        [phrase, ""],
        [words, mark],
      ] as const) {
        const found = tried !== whole && tried.trim() === tried ? this.find(tried, false) : [];
        if (found.length === 0) continue;
        const sources = new Set(found.map(({ pair, values }) => this.wordsOf(pair.other, values, template)));
        return [end, `(?:${[...sources].join("|")})${spaced(after)}`];
      }
    }
    return null;
  }

  /** Names and times. */
  private plain(text: string, template?: Template): string {
    const german = (given: string) =>
      given
        .replaceAll(/(?<=\d )h\b/g, "Std.")
        .replaceAll(/(?<=\d )min\b/g, "Min.")
        .replaceAll(/(?<=\d )s\b/g, "Sek.")
        .replaceAll(/^(h|min|s)$/g, (unit) => ({ h: "Std.", min: "Min.", s: "Sek." })[unit]!);
    const words = this.language === "de" ? german(text) : text;
    const source = words
      .split(/(\d{4}-\d\d-\d\d ?)/)
      .map((part, place) => (place % 2 === 0 ? spaced(part) : this.dateOf(part)))
      .join("");
    return template ? template.fill(source) : source;
  }

  /** A date in each way in which it is written. */
  private dateOf(date: string): string {
    const [year, month, day] = date.trim().split("-").map(Number) as [number, number, number];
    const { months } = TIME_WORDS[this.language === "de" ? "de" : "en"];
    const name = spaced(months[month - 1]!);
    const end = date.endsWith(" ") ? " " : "";
    return `(?:${date.trim()}|${day}\\.? ${name} ${year}|${name} ${day}, ${year}),?${end}`;
  }
}

function spaced(text: string): string {
  return escapeRegExp(text).replaceAll(/\s+/g, "\\s+").replaceAll(TAG_EDGE, "\\s*");
}
