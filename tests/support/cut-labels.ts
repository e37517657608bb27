import de from "@/messages/de.json";
import type { Page } from "./journey";
import { textLeaves } from "./messages";

/** German texts without values, as they stand on the page. */
const GERMAN = new Set(
  textLeaves(de)
    .map(([, text]) => text)
    .filter((text) => !/[{<]/.test(text)),
);
/** The accents of the pseudo-locale. */
const PSEUDO = /áá|éé|íí|óó|úú|ýý/i;

/**
 * Labels of the catalog that the page cuts at its present width, with how: "cut" at the edge of a box, with an ellipsis
 * ("…"), or "over" the edge of their own button, badge, tab, field or cell. Names that people and programs gave may be
 * cut, and so may texts that hold `data`.
 */
export async function findCutLabels(page: Page, data: RegExp): Promise<string[]> {
  // On a phone a field can't be wider than its row. Only German has to fit there.
  const isPhone = page.viewportSize()!.width < 640;
  // What is cut stays cut; what a page shows only while it settles is gone at the next look.
  for (const until = Date.now() + 3_000; ; await page.waitForTimeout(100)) {
    const texts = await page.evaluate(readCutTexts);
    const fields = await page.evaluate(readCutFields);
    const cut = [
      ...texts.filter(({ text }) => GERMAN.has(text) || PSEUDO.test(text)),
      ...fields.filter(({ text }) => GERMAN.has(text) || (PSEUDO.test(text) && !isPhone)),
    ]
      .filter(({ text }) => !data.test(text))
      .map(({ how, text }) => `${how} “${text.slice(0, 80)}”`);
    if (cut.length === 0 || Date.now() > until) return [...new Set(cut)];
  }
}

interface CutText {
  how: string;
  text: string;
}

/** In the page. */
async function readCutTexts(): Promise<CutText[]> {
  const CONTROLS = "button, [data-slot=badge], [role=tab], th, nav a, label, legend, dt";
  const DATA = "bdi, code, pre, kbd, [translate=no], [lang=en], svg";
  await document.fonts.ready;

  /** How a text of the box is cut sideways; null when it is not, or when one can scroll to it. */
  const howCut = (start: Element, box: DOMRect): string | null => {
    for (let at: Element | null = start; at && at !== document.body; at = at.parentElement) {
      const { position, overflowX, textOverflow } = getComputedStyle(at);
      const edge = at.getBoundingClientRect();
      const isForScreenReaders = position === "absolute" && edge.width <= 1;
      if (isForScreenReaders) return null;
      const isPast = box.right > edge.right + 1 || box.left < edge.left - 1;
      if (isPast && /hidden|clip/.test(overflowX)) return textOverflow === "ellipsis" ? "…" : "cut";
      if (/auto|scroll/.test(overflowX)) return null;
      if (isPast && at.matches(CONTROLS)) return "over";
    }
    return null;
  };

  const found: CutText[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.textContent?.trim().replaceAll(/\s+/g, " ");
    const parent = node.parentElement;
    if (!text || !parent || parent.closest(DATA)) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const how = box.width > 0 ? howCut(parent, box) : null;
    if (how !== null) found.push({ how, text });
  }
  return found;
}

/** In the page: what a list's choice or a field's placeholder shows, which has no box of its own. */
function readCutFields(): CutText[] {
  const context = document.createElement("canvas").getContext("2d")!;
  const fields = document.querySelectorAll<HTMLSelectElement | HTMLInputElement>(
    "select, input[placeholder]",
  );
  return [...fields].flatMap((field) => {
    const isList = field instanceof HTMLSelectElement;
    const text = isList ? field.selectedOptions[0]?.label : field.value === "" ? field.placeholder : "";
    const isShown = field.clientWidth > 1 && field.checkVisibility({ visibilityProperty: true });
    if (!text || !isShown || field.closest("[translate=no]")) return [];
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(field, isList ? null : "::placeholder");
    context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const { paddingLeft, paddingRight } = getComputedStyle(field);
    const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    return context.measureText(text).width > room + 1 ? [{ how: "over", text }] : [];
  });
}
