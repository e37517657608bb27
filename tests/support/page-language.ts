import messages from "@/messages/en.json";
import type { Page } from "./journey";
import { textLeaves } from "./messages";

/** English words of the catalog that have a vowel, which the pseudo-locale always changes. */
const ENGLISH_WORDS = new Set(
  textLeaves(messages)
    .flatMap(([, text]) => text.match(/(?<![\w{<])[A-Za-z]{4,}(?![\w}>])/g) ?? [])
    .map((word) => word.toLowerCase())
    .filter((word) => /[aeiouy]/.test(word)),
);

/** Texts that a person reads on the page: visible ones and accessible names, without names of people and things. */
async function readTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SKIPPED =
      "script, style, noscript, bdi, code, pre, kbd, time, option[lang], [translate=no], [lang=en]";
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (textContent?.trim() && parentElement && !parentElement.closest(SKIPPED))
        texts.push(textContent.trim());
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      if (element.closest(SKIPPED)) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        const text = element.getAttribute(name)?.trim();
        if (text) texts.push(text);
      }
    }
    return texts;
  });
}

/** What the pseudo-locale makes of vowels: each stands with its accented one. */
const PSEUDO = /áá|éé|íí|óó|úú|ýý/i;

/** Texts of the page that are English although it is drawn in the pseudo-locale, without those that hold `data`. */
export async function findEnglish(page: Page, data: RegExp): Promise<string[]> {
  const texts = await readTexts(page);
  const isEnglish = (text: string) =>
    !PSEUDO.test(text) &&
    !data.test(text) &&
    (text.match(/\p{L}+/gu) ?? []).some((word) => ENGLISH_WORDS.has(word.toLowerCase()));
  return [...new Set(texts.filter(isEnglish))];
}

/**
 * Texts that stand in so narrow a place that few letters fit in a line, as where a button beside them takes the room.
 * Nothing of that overflows or is cut.
 */
export async function findSqueezed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      const text = node.textContent?.trim() ?? "";
      if (text.length < 4 || !node.parentElement?.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
      const isNarrow = lines.every(({ width }) => width < 45);
      if (isNarrow && new Set(lines.map(({ top }) => Math.round(top))).size > 3)
        found.push(text.slice(0, 60));
    }
    return found;
  });
}

/** What makes the page scroll sideways at the width once it has settled there; null when nothing does. */
export async function findOverflow(page: Page, width: number): Promise<string | null> {
  await page.setViewportSize({ width, height: 900 });
  // A chart takes its new width a moment later.
  for (const until = Date.now() + 5_000; ; await page.waitForTimeout(100)) {
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return null;
      const isInScroller = (element: Element): boolean => {
        const { parentElement } = element;
        if (parentElement === null || parentElement === document.body) return false;
        return getComputedStyle(parentElement).overflowX !== "visible" || isInScroller(parentElement);
      };
      const wide = [...document.body.querySelectorAll("*")].findLast(
        (element) => element.getBoundingClientRect().right > clientWidth + 0.5 && !isInScroller(element),
      );
      return wide ? `${wide.textContent.slice(0, 60)} ${wide.outerHTML.slice(0, 200)}` : "";
    });
    if (overflow === null || Date.now() > until) return overflow;
  }
}
