import type { Page } from "./journey";

/**
 * What is out of place at the page's present width: texts past the frame of their card or tile, dates and times torn
 * across lines, parts of a field pulled apart, controls of one row that differ in height, and more than one main part.
 */
export async function findMisplaced(page: Page): Promise<string[]> {
  // What a page shows only while it settles is gone at the next look.
  for (const until = Date.now() + 3_000; ; await page.waitForTimeout(100)) {
    await page.evaluate(async () => void (await document.fonts.ready));
    const found = [
      ...(await page.evaluate(readTexts)),
      ...(await page.evaluate(readFields)),
      ...(await page.evaluate(readRows)),
    ];
    const mains = await page.locator("main").count();
    if (mains !== 1) found.push(`${mains} main parts`);
    if (found.length === 0 || Date.now() > until) return [...new Set(found)];
  }
}

/** In the page: torn dates and times, and texts past their frame. */
function readTexts(): string[] {
  const MOMENT = /\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}:\d{2}(?::\d{2})?/g;

  const linesOf = (node: Node, from: number, to: number) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter(({ width }) => width > 0);
  };

  /** The nearest box with an edge on both sides; null where one can scroll to all of it, or it is cut on purpose. */
  const frameOf = (start: Element): Element | null => {
    for (let at: Element | null = start; at && at !== document.body; at = at.parentElement) {
      const { position, overflow, display, borderLeftWidth, borderRightWidth } = getComputedStyle(at);
      if (overflow !== "visible" || position === "fixed") return null;
      const hasEdges = Number.parseFloat(borderLeftWidth) > 0 && Number.parseFloat(borderRightWidth) > 0;
      if (hasEdges && display !== "inline") return at;
    }
    return null;
  };

  const isPastFrame = (parent: Element, lines: readonly DOMRect[]) => {
    const edge = frameOf(parent)?.getBoundingClientRect();
    if (!edge) return false;
    const isBeside = ({ left, right }: DOMRect) => left < edge.left - 1 || right > edge.right + 1;
    return lines.some((line) => isBeside(line) || line.top < edge.top - 1 || line.bottom > edge.bottom + 1);
  };

  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const text = node.textContent ?? "";
    const parent = node.parentElement;
    if (text.trim() === "" || !parent?.checkVisibility({ visibilityProperty: true })) continue;
    // An example for programs may break anywhere.
    for (const { 0: moment, index } of parent.closest("code, pre") ? [] : text.matchAll(MOMENT)) {
      const tops = linesOf(node, index, index + moment.length).map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) found.push(`tears “${moment}”`);
    }
    if (!parent.closest("svg") && isPastFrame(parent, linesOf(node, 0, text.length)))
      found.push(`has past its frame “${text.trim().slice(0, 60)}”`);
  }
  return found;
}

/** In the page: fields whose label, control and notes don't follow one another. */
function readFields(): string[] {
  const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  /** Of a label, that of its words: it may be higher than they are. */
  const boxOf = (part: Element) => {
    const range = document.createRange();
    if (part.matches("label")) range.selectNodeContents(part);
    else range.selectNode(part);
    return range.getBoundingClientRect();
  };
  // Those of a row of fields stand where their neighbours' parts are.
  const fields = [...document.querySelectorAll("[data-slot=field]:not([data-slot=field-row] *)")];
  const isApart = (field: Element) => {
    const parts = [...field.children].filter(isShown).map(boxOf);
    return parts.some(({ top }, index) => index > 0 && top - parts[index - 1]!.bottom > 16);
  };
  return fields
    .filter((field) => isShown(field) && isApart(field))
    .map((field) => `pulls apart “${field.textContent.slice(0, 60)}”`);
}

/** In the page: buttons and fields beside each other whose heights differ. */
function readRows(): string[] {
  const CONTROLS = ":is([data-slot=button], [data-slot=input], :has(> [data-slot=native-select]))";
  const rows = new Set([...document.querySelectorAll(CONTROLS)].map(({ parentElement }) => parentElement!));
  const isUneven = (row: Element) => {
    const boxes = [...row.children]
      .filter((child) => child.matches(CONTROLS) && child.checkVisibility({ visibilityProperty: true }))
      .map((control) => control.getBoundingClientRect());
    const [first] = boxes;
    return boxes.some(
      ({ top, height }) => Math.abs(top - first!.top) < 8 && Math.abs(height - first!.height) > 0.5,
    );
  };
  return [...rows].filter(isUneven).map((row) => `has uneven controls “${row.textContent.slice(0, 60)}”`);
}
