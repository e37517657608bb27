/** What keeps a text from being stored as a name or an id. */
export type TextProblem = "too long" | "control character" | "lone surrogate";

function isControl(unit: number): boolean {
  return unit < 0x20 || (unit >= 0x7f && unit <= 0x9f);
}

/** 1 for an ordinary code unit, 2 for a well-formed surrogate pair, 0 for a lone surrogate at `index`. */
function unitsAt(text: string, index: number): 0 | 1 | 2 {
  const unit = text.charCodeAt(index);
  if (unit < 0xd800 || unit > 0xdfff) return 1;
  const next = text.charCodeAt(index + 1);
  return unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff ? 2 : 0;
}

/** The first thing wrong with a text of at most `limit` code points; null when nothing is. */
export function findTextProblem(text: string, limit: number): TextProblem | null {
  let count = 0;
  for (let index = 0; index < text.length; count += 1) {
    if (count >= limit) return "too long";
    if (isControl(text.charCodeAt(index))) return "control character";
    const units = unitsAt(text, index);
    if (units === 0) return "lone surrogate";
    index += units;
  }
  return null;
}

function isWhiteSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  return (
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000 ||
    unit === 0xfeff
  );
}

/** Trims Unicode white space and byte-order marks at both ends; JavaScript's own trim leaves NEL (U+0085). */
export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** The text without control characters and lone surrogates, neither of which the database could give back. */
export function withoutUnstorable(text: string): string {
  if (findTextProblem(text, text.length) === null) return text;
  let kept = "";
  for (let index = 0; index < text.length;) {
    const units = unitsAt(text, index);
    if (units > 0 && !isControl(text.charCodeAt(index))) kept += text.slice(index, index + units);
    index += units || 1;
  }
  return kept;
}

/** At most `limit` code points of a well-formed text; never half a character. */
export function cutToCodePoints(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count += 1) end += unitsAt(text, end) || 1;
  return text.slice(0, end);
}
