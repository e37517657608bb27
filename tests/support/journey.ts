import AxeBuilder from "@axe-core/playwright";
import {
  expect as plainExpect,
  test as base,
  type Browser,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";
import { PASSWORD } from "./own-server";

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
  const messages = page.locator("[data-sonner-toast]");
  if ((await messages.count()) > 0) {
    await page.mouse.move(0, 0); // over a message it would stay
    await page.evaluate(closeMessages);
    await expect(messages).toHaveCount(0, { timeout: 20_000 });
  }
  await scan(page, new AxeBuilder({ page }));
  await spoken?.expectUncut(page);
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

async function scan(page: Page, axe: AxeBuilder): Promise<void> {
  // Without the details of what passes, and without a second page, which only frames of other origins need.
  axe.options({ resultTypes: ["violations"] }).setLegacyMode();
  axe.withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
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

/** A page of a browser without a past, signed in at the server of the address. */
export async function signedIn(
  browser: Browser,
  baseURL: string,
  login?: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await (await browser.newContext({ baseURL, ...options })).newPage();
  await signIn(page, login);
  return page;
}

/** Both themes, desk and phone: nothing scrolls sideways, and axe finds nothing. */
export async function expectSound(page: Page): Promise<void> {
  for (const theme of ["dark", "light"]) {
    await page.evaluate((name) => localStorage.setItem("winauthmon:theme", name), theme);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.reload();
      await expect(page.locator("h1")).toBeVisible();
      await expectAccessible(page);
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(isWide).toBe(false);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
