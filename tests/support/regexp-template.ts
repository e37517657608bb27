/** A regular expression as a text; characters of Unicode's private area stand for what it leaves open. */
export interface Template {
  text: string;
  /** More may follow. */
  isOpen: boolean;
  /** Puts what is left open back into the source of an expression. */
  fill(source: string): string;
}

const ATOM = /^(?:\\[dDwWsSbB]|\.|\[(?:[^\]\\]|\\.)*\]|\((?:[^()\\]|\\.)*\))/;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;
const FIRST_WILD = 0xe000;

export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

/** The texts that the expression stands for, one for each of its alternatives. */
export function templatesOf(source: string): Template[] {
  return splitAlternatives(source).flatMap((alternative) => {
    const opens: string[] = [];
    const texts = readTexts(alternative.replace(/^\^/, "").replace(/(?<!\\)\$$/, ""), opens);
    const fill = (filled: string) =>
      filled.replaceAll(/[\uE000-\uF8FF]/g, (sign) => opens[sign.charCodeAt(0) - FIRST_WILD]!);
    const isOpen = !/(?<!\\)\$$/.test(alternative);
    return texts.map((text) => ({ text, isOpen, fill }));
  });
}

function splitAlternatives(source: string): string[] {
  const found = [""];
  let depth = 0;
  for (const [sign] of source.matchAll(/\\.|./gs)) {
    if (sign === "(" || sign === "[") depth += 1;
    if (sign === ")" || sign === "]") depth -= 1;
    if (sign === "|" && depth === 0) found.push("");
    else found[found.length - 1] += sign;
  }
  return found;
}

function readTexts(source: string, opens: string[]): string[] {
  let texts = [""];
  let rest = source.replaceAll(String.raw`\d{4}-\d\d-\d\d`, ".+?");
  while (rest !== "") {
    const atom = ATOM.exec(rest)?.[0];
    const sign = atom ?? /^(?:\\.|.)/su.exec(rest)![0];
    rest = rest.slice(sign.length);
    const quantifier = QUANTIFIER.exec(rest)?.[0] ?? "";
    rest = rest.slice(quantifier.length);
    const plain = sign.replace(/^\\/, "");
    if (atom === undefined && quantifier === "") texts = texts.map((text) => text + plain);
    else if (atom === undefined && quantifier === "?") texts = texts.flatMap((text) => [text, text + plain]);
    else {
      const wild = String.fromCharCode(FIRST_WILD + opens.push(sign + quantifier) - 1);
      texts = texts.map((text) => text + wild);
    }
  }
  return texts;
}
