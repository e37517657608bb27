import {
  expect as plainExpect,
  test as plainTest,
  type Browser,
  type Locator,
  type Page,
} from "@playwright/test";
import { translator, type JourneyLanguage } from "./journey-words";
import { findCutLabels } from "./cut-labels";
import { findOverflow } from "./page-language";
import { reasonForEnglish } from "./english-journeys";

/**
 * Plays journeys, which look for English texts, in another language: what they look for is translated by the catalog.
 * Each page that they leave or end on is in the language, and nothing on it scrolls sideways at 1440 and 390 px.
 */
const LANGUAGE = process.env.JOURNEY_LANGUAGE as JourneyLanguage;
const translate = translator(LANGUAGE);
const WIDTHS = [390, 1440];

type Wanted = string | RegExp;
interface Options {
  name?: Wanted;
  exact?: boolean;
  hasText?: Wanted;
  hasNotText?: Wanted;
}
type Find = (wanted: Wanted, options?: Options) => Locator;

/** Contexts of the browser have the language, their own requests included, and find texts in it. */
export function speakLanguage(browser: Browser): void {
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const extraHTTPHeaders = { ...options?.extraHTTPHeaders, "Accept-Language": LANGUAGE };
    const context = await open({ ...options, locale: LANGUAGE, extraHTTPHeaders });
    context.on("page", prepare);
    return context;
  };
}

const known = new WeakSet<object>();

function prepare(page: Page): void {
  for (const finder of [page, page.locator("body")]) {
    const kind = Object.getPrototypeOf(finder) as Record<string, unknown>;
    if (known.has(kind)) continue;
    known.add(kind);
    translateFinders(kind);
  }
  watchPages(page);
}

function translateFinders(kind: Record<string, unknown>): void {
  for (const name of ["getByText", "getByLabel", "getByPlaceholder", "getByTitle", "getByAltText"]) {
    const find = kind[name] as Find;
    kind[name] = function (this: unknown, wanted: Wanted, options?: Options) {
      return find.call(this, translate(wanted, options?.exact), options);
    };
  }
  const byRole = kind.getByRole as Find;
  kind.getByRole = function (this: unknown, role: string, options?: Options) {
    const name = options?.name;
    const words = name === undefined ? {} : { name: translate(name, options?.exact) };
    return byRole.call(this, role, options && { ...options, ...words });
  };
  const inWords = (options?: Options) => {
    if (!options) return options;
    const { hasText, hasNotText } = options;
    return {
      ...options,
      ...(hasText === undefined ? {} : { hasText: translate(hasText) }),
      ...(hasNotText === undefined ? {} : { hasNotText: translate(hasNotText) }),
    };
  };
  const locator = kind.locator as Find;
  kind.locator = function (this: unknown, selector: string, options?: Options) {
    return locator.call(this, selector, inWords(options));
  };
  const filter = kind.filter as ((options?: Options) => Locator) | undefined;
  if (filter) {
    kind.filter = function (this: unknown, options?: Options) {
      return filter.call(this, inWords(options));
    };
  }
  kind.selectOption = translatedChoice(kind.selectOption as ChooseOption);
}

type ChooseOption = (...values: unknown[]) => Promise<string[]>;

/** Options are chosen by value or label; a label is translated. */
function translatedChoice(choose: ChooseOption): ChooseOption {
  return async function (this: unknown, ...values) {
    const { label } = Object(values[0]) as { label?: string };
    if (label === undefined) return choose.apply(this, values);
    const words = translate(label, true);
    const labels = await (this as Locator).locator("option").allTextContents();
    const found = labels.find((text) => (typeof words === "string" ? text === words : words.test(text)));
    return choose.call(this, { label: found ?? label }, ...values.slice(1));
  };
}

/** Looks at each page before it is left. */
function watchPages(page: Page): void {
  const [goto, reload, close] = [page.goto.bind(page), page.reload.bind(page), page.close.bind(page)];
  page.goto = async (...wanted) => {
    await expectLanguage(page);
    return goto(...wanted);
  };
  page.reload = async (...wanted) => {
    await expectLanguage(page);
    return reload(...wanted);
  };
  page.close = async (...wanted) => {
    await expectLanguage(page);
    return close(...wanted);
  };
}

/** Skips the journeys of English alone, and looks at the pages that are open at the end of the others. */
export function testInLanguage(base: typeof plainTest): typeof plainTest {
  return base.extend<{ language: void }>({
    language: [
      async ({ browser }, use, info) => {
        const reason = reasonForEnglish(info);
        info.skip(reason !== undefined, reason ?? "");
        const earlier = new Set(browser.contexts());
        await use();
        if (info.status !== "passed") return;
        for (const context of browser.contexts()) {
          if (earlier.has(context)) continue;
          for (const page of context.pages()) await expectLanguage(page);
        }
      },
      { auto: true },
    ],
  });
}

async function expectLanguage(page: Page): Promise<void> {
  if (page.isClosed() || !page.url().startsWith("http")) return;
  const lang = await page.evaluate(() => document.documentElement.lang).catch(() => LANGUAGE);
  // Downloads and print views of other programs have no language.
  if (lang !== "") plainExpect(lang, page.url()).toBe(LANGUAGE);
  const before = page.viewportSize();
  for (const width of WIDTHS)
    plainExpect(await findOverflow(page, width), `${page.url()} at ${width} px`).toBeNull();
  if (before) await page.setViewportSize(before);
}

/** No label of the language is cut on the page as it stands. */
export async function expectUncut(page: Page): Promise<void> {
  plainExpect(await findCutLabels(page, /^$/), page.url()).toEqual([]);
}

/** The text in the language, to compare what files hold with; a matcher where it has several translations. */
export function wordsOf(english: string): string {
  const words = translate(english, true);
  return typeof words === "string" ? words : (plainExpect.stringMatching(words) as unknown as string);
}

/** Whether a text of the language is the English one. */
export function isTextOf(found: string, english: string): boolean {
  const words = translate(english, true);
  return typeof words === "string" ? found === words : words.test(found);
}

type Check = "toHaveText" | "toContainText" | "toHaveAccessibleName" | "toHaveTitle";
type AnyCheck = (wanted: unknown, options?: object) => Promise<void>;
type Expected = Wanted | readonly Wanted[];

function checkInLanguage(name: Check) {
  return async function (this: { isNot: boolean }, subject: Locator, expected: Expected, options?: object) {
    const one = (wanted: Wanted) => translate(wanted, name !== "toContainText");
    const words =
      typeof expected === "string" || expected instanceof RegExp ? one(expected) : expected.map(one);
    // Of a page, whose title is checked, there are fewer checks than of a locator.
    const all = plainExpect(subject) as unknown as Record<Check, AnyCheck> & { not: Record<Check, AnyCheck> };
    const checks = this.isNot ? all.not : all;
    try {
      await checks[name](words, options);
      return { pass: !this.isNot, message: () => "" };
    } catch (error) {
      return { pass: this.isNot, message: () => (error as Error).message };
    }
  };
}

export const expectInLanguage = plainExpect.extend({
  toHaveText: checkInLanguage("toHaveText"),
  toContainText: checkInLanguage("toContainText"),
  toHaveAccessibleName: checkInLanguage("toHaveAccessibleName"),
  toHaveTitle: checkInLanguage("toHaveTitle"),
}) as unknown as typeof plainExpect;
