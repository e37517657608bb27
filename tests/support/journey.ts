import AxeBuilder from "@axe-core/playwright";
import {
  expect as plainExpect,
  test as base,
  type Browser,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";
import { PASSWORD } from "./own-server";
import { findPlainForm } from "./plain-form";

export { type Browser, type Locator, type Page } from "@playwright/test";

/** Set to play the journeys in another language; see docs/translating.md. */
const spoken = process.env.JOURNEY_LANGUAGE ? await import("./journey-language") : undefined;

export const expect = spoken?.expectInLanguage ?? plainExpect;

/** An English text in the language of the journey, as files have it. */
export const wordsOf = spoken?.wordsOf ?? ((english: string) => english);

/** Whether a text in the language of the journey is the English one. */
export const isTextOf = spoken?.isTextOf ?? ((found: string, english: string) => found === english);

/** Playwright's test; its pages have settled once they are loaded. */
export const test = (spoken?.testInLanguage(base) ?? base).extend<object, { browser: Browser }>({
  browser: [
    async ({ browser }, use) => {
      spoken?.speakLanguage(browser);
      const open = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await open(options);
        context.on("page", settleLoads);
        return context;
      };
      await use(browser);
    },
    { scope: "worker" },
  ],
});

/**
 * What the server streams stands in a hidden place at the page's end until React puts it where it belongs. Where
 * React has drawn it by itself meanwhile, each text is there twice for a moment, which no locator expects.
 */
function settleLoads(page: Page): void {
  const settled = () => expect(page.locator("body > div[hidden][id^='S:']")).toHaveCount(0);
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (url, options) => {
    const answer = await goto(url, options);
    await settled();
    return answer;
  };
  page.reload = async (options) => {
    const answer = await reload(options);
    await settled();
    return answer;
  };
}

/**
 * No rule of WCAG that axe can test is broken. What moves is waited out (a new row's glow, messages that come and
 * go): half faded it has no contrast.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await dismissMessages(page);
  await scan(page, new AxeBuilder({ page }));
  await spoken?.expectUncut(page);
}

/** The colors of the page can be told apart. */
async function expectReadable(page: Page): Promise<void> {
  await dismissMessages(page);
  await scan(page, new AxeBuilder({ page }), ["color-contrast", "link-in-text-block"]);
}

/** Closes the messages that are there, and what they cover can be pressed. */
export async function dismissMessages(page: Page): Promise<void> {
  const messages = page.locator("[data-sonner-toast]");
  if ((await messages.count()) === 0) return;
  await page.mouse.move(0, 0); // over a message it would stay
  await page.evaluate(closeMessages);
  await expect(messages).toHaveCount(0, { timeout: 20_000 });
}

/** In the page: without the mouse and the focus, which stay where they are. */
function closeMessages(): void {
  const buttons = document.querySelectorAll<HTMLElement>("[data-sonner-toast] [data-close-button]");
  for (const button of buttons) button.click();
}

/** The same of a message that is there at present, held in place by the mouse. */
export async function expectMessageAccessible(page: Page, words: string): Promise<void> {
  const newest = "[data-sonner-toast][data-front=true]";
  await page.locator(newest).filter({ hasText: words }).hover();
  await scan(page, new AxeBuilder({ page }).include(newest));
  await page.mouse.move(0, 0);
}

/** In the page: bars that stick to an edge go back to their place, as what they cover depends on how far one scrolled. */
function settleBars(): void {
  for (const element of document.querySelectorAll<HTMLElement>("body *")) {
    if (getComputedStyle(element).position !== "sticky") continue;
    element.dataset.settled = "";
    element.style.position = "relative";
    element.style.inset = "auto";
  }
}

function stickBars(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-settled]")) {
    delete element.dataset.settled;
    element.style.removeProperty("position");
    element.style.removeProperty("inset");
  }
}

/** All rules of WCAG, or only some. */
async function scan(page: Page, axe: AxeBuilder, rules?: string[]): Promise<void> {
  // Without the details of what passes, and without a second page, which only frames of other origins need.
  axe.options({ resultTypes: ["violations"] }).setLegacyMode();
  if (rules) axe.withRules(rules);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
  // The rows of a table are alike, and a hundred of them take seconds.
  axe.exclude("tbody > tr:nth-child(n + 13)");
  // What is broken stays broken; what a page shows only while it settles is gone at the next look.
  await expect(async () => {
    await page.evaluate(async () => {
      const passing = document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(passing.map((animation) => animation.finished));
    });
    await page.evaluate(settleBars);
    const { violations } = await axe.analyze();
    await page.evaluate(stickBars);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    // On a busy machine, one look at a long page takes longer than 20 seconds.
  }).toPass({ timeout: 90_000 });
}

/** Nothing overflows on a phone, and it is accessible there. */
export async function expectFit(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Waits for the count below a list. */
export async function expectRows(page: Page, words: string): Promise<void> {
  await expect(page.getByText(words, { exact: true })).toBeVisible();
}

/** Types a name and its password into the sign-in page that is open, and sends them. */
export async function giveCredentials(page: Page, login = "superadmin", password = PASSWORD): Promise<void> {
  await page.getByLabel("Username or email").fill(login);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in and waits until the page that one is led to is there. */
export async function signIn(page: Page, login = "superadmin", password = PASSWORD): Promise<void> {
  await page.goto("/login");
  await giveCredentials(page, login, password);
  await page.waitForURL(({ pathname }) => pathname !== "/login" && pathname !== "/");
  await expect(page.locator("h1")).toHaveCount(1);
}

/**
 * An empty page of a browser without a past that is signed in at the server of the address: by the form of the sign-in
 * page, sent without drawing it or the page behind it. The journeys of signing in type it in.
 */
export async function signedIn(
  browser: Browser,
  baseURL: string,
  login = "superadmin",
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL, ...options });
  const page = await context.newPage();
  const headers = { "User-Agent": await page.evaluate(() => navigator.userAgent) };
  const shown = await context.request.get("/login", { headers });
  const { fields } = findPlainForm("/login", await shown.text(), "login");
  const answer = await context.request.post("/login", {
    headers: { ...headers, Origin: new URL(baseURL).origin },
    multipart: { ...fields, login, password: PASSWORD },
    maxRedirects: 0,
  });
  expect(answer.headers().location, "where the sign-in leads").toMatch(/^\/(?!login)/);
  return page;
}

/** In the page: as if it were chosen in another tab, which takes no new load of the page. */
function chooseTheme(theme: string): void {
  const key = "winauthmon:theme";
  localStorage.setItem(key, theme);
  window.dispatchEvent(new StorageEvent("storage", { key, newValue: theme }));
}

/**
 * Both themes, desk and phone: nothing scrolls sideways, and axe finds nothing. What isn't about colors is the same in
 * both themes, and looked at in one.
 */
export async function expectSound(page: Page): Promise<void> {
  for (const theme of ["dark", "light"]) {
    await page.evaluate(chooseTheme, theme);
    await expect(page.locator("html")).toHaveClass(new RegExp(theme));
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(page.locator("h1")).toBeVisible();
      if ((theme === "dark") === (width === 1440)) await expectAccessible(page);
      else await expectReadable(page);
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(isWide).toBe(false);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
