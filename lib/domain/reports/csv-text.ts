/** What makes a spreadsheet read a cell as a formula when it stands first; the wide forms count in East Asian ones. */
const FORMULA_SIGNS = "=+@＝＋－＠-";

/**
 * Patterns that JavaScript and PostgreSQL read alike, as both write cells: the one for rows it holds, the other for
 * files it makes by itself.
 */
export const CSV_PATTERNS = {
  /** Text that does not stand in a file as it is; of several texts, joined by U+0001, at least one. */
  special: `[",;|\\t\\r\\n]|(^|\\x01)[ ]*[${FORMULA_SIGNS}]`,
  /** Text in quotes: with a quote, a line break, or what separates cells for any usual reader. */
  quoted: `[",;|\\t\\r\\n]`,
  /**
   * Where a formula would begin: at the start of the text, or behind a separator at which a spreadsheet may split
   * although the text is quoted, as it sees no quotes but those that open a cell.
   */
  formula: `(^|[;|\\t\\r\\n])(?=[ "]*[${FORMULA_SIGNS}])`,
  /** White space that a spreadsheet may drop from the start of a cell. */
  blankStart: "^(?=[\\t\\r\\n])",
} as const;

const SPECIAL = new RegExp(CSV_PATTERNS.special);
const QUOTED = new RegExp(CSV_PATTERNS.quoted);
const FORMULA = new RegExp(CSV_PATTERNS.formula, "g");
const BLANK_START = new RegExp(CSV_PATTERNS.blankStart);
const FORMULA_START = new RegExp(`^[\\t\\r\\n]|^[ "]*[${FORMULA_SIGNS}]`);

/** Whether a spreadsheet may take a cell of this text for a formula when it is typed in. */
export function isFormula(text: string): boolean {
  return FORMULA_START.test(text);
}

/** The text with an apostrophe wherever a cell of a spreadsheet could begin with a formula. */
function guardFormulas(text: string): string {
  return text.replaceAll(FORMULA, "$1'").replace(BLANK_START, "'");
}

/** The text as a cell of a CSV file: quoted where it must be, harmless whichever separator the reader assumes. */
export function csvText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  const guarded = guardFormulas(text);
  return QUOTED.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
