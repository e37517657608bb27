import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface PdfPage {
  width: number;
  height: number;
  /** Texts in the order in which they were drawn. */
  texts: string[];
  /** The same as the letters stand on the page from left to right, Arabic ones in the forms that were drawn. */
  drawn: string[];
}

/** The pages of a PDF as another program reads them. */
export async function readPdf(bytes: Uint8Array): Promise<PdfPage[]> {
  const loading = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const document = await loading.promise;
  const pages: PdfPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const { width, height } = page.getViewport({ scale: 1 });
    const texts = items.flatMap((item) => ("str" in item && item.str.trim() !== "" ? [item.str] : []));
    const { fnArray, argsArray } = await page.getOperatorList();
    const drawn = fnArray.flatMap((kind, at) => (kind === OPS.showText ? [lettersOf(argsArray[at])] : []));
    pages.push({ width, height, texts, drawn });
  }
  await loading.destroy();
  return pages;
}

/** Of the glyphs that one operator draws; numbers among them move the place of the next one. */
function lettersOf(args: unknown): string {
  const [glyphs] = args as [({ unicode: string } | number)[]];
  return glyphs.map((glyph) => (typeof glyph === "number" ? "" : glyph.unicode)).join("");
}
