/** Scripts in everyday modern use. Source: Unicode UAX #31, table 5, recommended scripts. */
const SCRIPTS = [
  "Arabic",
  "Armenian",
  "Bengali",
  "Bopomofo",
  "Cyrillic",
  "Devanagari",
  "Ethiopic",
  "Georgian",
  "Greek",
  "Gujarati",
  "Gurmukhi",
  "Hangul",
  "Hebrew",
  "Kannada",
  "Khmer",
  "Lao",
  "Latin",
  "Malayalam",
  "Myanmar",
  "Oriya",
  "Sinhala",
  "Tamil",
  "Telugu",
  "Thaana",
  "Thai",
  "Tibetan",
];
/** Languages that are written in several scripts at once. */
const WRITTEN_TOGETHER = [
  ["Han", "Hiragana", "Katakana"],
  ["Han", "Hangul"],
  ["Han", "Bopomofo"],
];

const patterns = [...SCRIPTS.map((script) => [script]), ...WRITTEN_TOGETHER].map((scripts) => {
  const letters = [...scripts, "Common", "Inherited"].map((script) => `\\p{scx=${script}}`).join("");
  return new RegExp(`^[${letters}]*$`, "u");
});

/**
 * Whether all letters of the text belong to one script, so that no letter can pass for one of another: a Cyrillic "а"
 * in a Latin name. Digits and punctuation belong to every script. Source: Unicode UTS #39, single-script restriction.
 */
export function isSingleScript(text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}
