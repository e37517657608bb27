import { jsPDF } from "jspdf";
import { describe, expect, it } from "vitest";
import { writePdf } from "@/lib/export/pdf";
import { FontText, MISSING } from "@/lib/export/pdf-letters";
import { readPdf } from "../../support/pdf-text";
import { bytesOf, inBatches, SAMPLE_COLUMNS, SAMPLE_HEADING } from "../../support/sample-table";

/** Marks are drawn as nothing. */
const seen = (text: string) => text.replaceAll(/[\u200c\u200e\u200f]/g, "");

async function draw(name: string, heading = SAMPLE_HEADING) {
  const rows = inBatches([[name, 1, 2, 3, "2026-07-01", true]], 1);
  const [page] = await readPdf(await bytesOf(writePdf(heading, SAMPLE_COLUMNS, rows)));
  return { drawn: page!.drawn.map(seen), texts: page!.texts.map(seen) };
}

describe("a name that is read from right to left", () => {
  it.each([
    ["\u05e9\u05dc\u05d5\u05dd", "\u05dd\u05d5\u05dc\u05e9"],
    ["\u05e9\u05dc \u05d5\u05dd 12", "12 \u05dd\u05d5 \u05dc\u05e9"],
    ["\u05e9\u05dc (admin) 12", "12 (admin) \u05dc\u05e9"],
    ["Anna (\u05e9\u05dc) 3", "Anna (\u05dc\u05e9) 3"],
    ["DOM\\\u05e9\u05dc", "DOM\\\u05dc\u05e9"],
    ["admin \u05e9\u05dc 12", "admin 12 \u05dc\u05e9"],
    // Arabic, in the forms that its letters have beside others.
    ["\u0645\u062d\u0645\u062f", "\ufeaa\ufee4\ufea4\ufee3"],
    ["\u0639\u0644\u064a 7 ab", "ab 7 \ufef2\ufee0\ufecb"],
    ["\u0639\u0644\u0627\u0621", "\ufe80\ufefc\ufecb"],
    ["\u0634\u064a\u0621", "\ufe80\ufef2\ufeb7"],
    ["\u0639\u0628\u062f\u0627\u0644\u0644\u0647", "\ufeea\ufee0\ufedf\ufe8d\ufeaa\ufe92\ufecb"],
  ])("is drawn as the pages show it: %s", async (name, drawn) => {
    expect((await draw(name)).drawn).toContain(drawn);
  });

  it("is drawn so in the heading and the footer as well", async () => {
    const companyName = "\u05e9\u05dc\u05d5\u05dd (7)";
    const lines = [["Company", companyName]] as const;
    const { drawn } = await draw("x", { ...SAMPLE_HEADING, companyName, lines });
    expect(drawn).toContain("(7) \u05dd\u05d5\u05dc\u05e9");
    expect(drawn.filter((text) => text.startsWith("Sample \u00b7 "))).toEqual([
      "Sample \u00b7 \u05dd\u05d5\u05dc\u05e9 (7) \u00b7 Times in Europe/Madrid",
    ]);
  });

  it("is found by searching the file", async () => {
    expect((await draw("\u05e9\u05dc\u05d5\u05dd \u05dc\u05da")).texts).toContain(
      "\u05e9\u05dc\u05d5\u05dd \u05dc\u05da",
    );
  });
});

it("joins letters that the font has to none that it lacks, whatever the letters beside them", () => {
  const doc = new jsPDF();
  const font = new FontText(doc);
  const { metadata } = doc.getFont() as unknown as { metadata: { characterToGlyph(code: number): number } };
  const has = (letter: string) => metadata.characterToGlyph(letter.charCodeAt(0)) > 0;
  const arabic = Array.from({ length: 0x100 }, (_, at) => String.fromCharCode(0x600 + at)).filter(has);
  expect(arabic.length).toBeGreaterThan(100);
  const beside = ["", ..."\u0627\u0628\u0644\u0651\u064e\u0647"];
  const words = [
    "\u0627\u0644\u0644\u0647 \u0628\u0627\u0644\u0644\u0647 \u0644\u0644\u0647",
    ...arabic.flatMap((letter) => beside.flatMap((before) => beside.map((after) => before + letter + after))),
  ];
  const drawn = words.map((word) => font.text(word));
  expect(words.filter((_, at) => drawn[at]!.includes(MISSING))).toEqual([]);
  expect(drawn.filter((text) => doc.processArabic(text) !== text)).toEqual([]);
  expect(font.isIncomplete).toBe(false);
});
