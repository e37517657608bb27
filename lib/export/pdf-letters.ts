import { readFileSync } from "node:fs";
import path from "node:path";
import type { jsPDF } from "jspdf";
import type { TextOptions } from "jspdf-autotable";

export const FONT = "DejaVu";
const FONT_FILES = { normal: "DejaVuSansCondensed", bold: "DejaVuSansCondensed-Bold" } as const;
/** What stands for a character that the font does not have. */
export const MISSING = "□";

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const FIRST_LETTER = /\p{L}/u;
const BRACKETS = /[()[\]{}<>«»‹›]/g;
const LEFT_TO_RIGHT_MARK = "\u200e";
const RIGHT_TO_LEFT_MARK = "\u200f";
/** Keeps its two neighbors from being joined; the font draws it as nothing. */
const NON_JOINER = "\u200c";
const SEPARATELY = new RegExp(
  [
    // The library takes hamza, digits, and punctuation for letters that join.
    "(?<=[\\u0620-\\u064a\\u0671-\\u06d3])(?=[\\u0621\\u060c\\u061b\\u061f\\u0660-\\u0669\\u06f0-\\u06f9])",
    "(?<=[\\u0660-\\u0669\\u06f0-\\u06f9])(?=[\\u0620-\\u064a\\u0671-\\u06d3])",
    // Ligatures that the font does not have: the name of God, and a vowel on shadda.
    "(?<=\\u0627)(?=\\u0644\\u0644\\u0647)",
    "(?<=\\u0651)(?=[\\u064c-\\u0650])",
  ].join("|"),
  "g",
);

const visual = (isInputRtl: boolean): TextOptions => ({
  isInputVisual: false,
  isInputRtl,
  isOutputVisual: true,
  isOutputRtl: false,
  isSymmetricSwapping: true,
});
const FROM_LEFT = visual(false);
const FROM_RIGHT = visual(true);

/** How a text is drawn: like `<bdi>` on the pages, its first letter says from which side it is read. */
export function readingOrder(text: string): TextOptions {
  return startsFromRight(text) ? FROM_RIGHT : FROM_LEFT;
}

function startsFromRight(text: string): boolean {
  return RIGHT_TO_LEFT.test(FIRST_LETTER.exec(text)?.[0] ?? "");
}

interface FontMetadata {
  characterToGlyph(code: number): number;
}

/** Text as the embedded font can show it. */
export class FontText {
  isIncomplete = false;
  private readonly metadata: FontMetadata;
  private readonly known = new Map<string, boolean>();

  constructor(private readonly doc: jsPDF) {
    for (const [style, name] of Object.entries(FONT_FILES)) {
      const file = `${name}.ttf`;
      // In every way of running the program the packages lie below its working directory.
      const place = path.join(
        /* turbopackIgnore: true */ process.cwd(),
        "node_modules",
        "dejavu-fonts-ttf",
        "ttf",
        file,
      );
      doc.addFileToVFS(file, readFileSync(place).toString("base64"));
      doc.addFont(file, FONT, style);
    }
    doc.setFont(FONT, "normal");
    this.metadata = (doc.getFont() as unknown as { metadata: FontMetadata }).metadata;
  }

  /** To be drawn in its `readingOrder`. Letters of Arabic are joined before a text is wrapped, as that changes their widths. */
  text(text: string): string {
    const joined = RIGHT_TO_LEFT.test(text) ? this.doc.processArabic(withMarks(text)) : text;
    let shown = "";
    for (const letter of joined) {
      if (this.has(letter)) shown += letter;
      else {
        shown += MISSING;
        this.isIncomplete = true;
      }
    }
    return shown;
  }

  private has(letter: string): boolean {
    let isKnown = this.known.get(letter);
    if (isKnown === undefined) {
      // The library draws UTF-16 units, so a letter of two of them is beyond it.
      isKnown =
        letter === "\n" || (letter.length === 1 && this.metadata.characterToGlyph(letter.charCodeAt(0)) > 0);
      this.known.set(letter, isKnown);
    }
    return isKnown;
  }
}

/**
 * With invisible marks where the library would order or join letters wrongly: it doesn't know that brackets belong
 * together, so they take the direction of the whole.
 */
function withMarks(text: string): string {
  const mark = startsFromRight(text) ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK;
  return text.replace(BRACKETS, (bracket) => mark + bracket + mark).replace(SEPARATELY, NON_JOINER);
}
