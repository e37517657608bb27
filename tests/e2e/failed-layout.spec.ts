import de from "@/messages/de.json";
import { expect, expectAccessible, expectFit, test } from "../support/journey";
import { OWN_LANGUAGES } from "../support/english-journeys";
import { startReadyServer, type OwnServer } from "../support/own-server";

let server: OwnServer;
test.beforeAll(async () => {
  server = await startReadyServer();
});
test.afterAll(() => server?.stop());

test(
  "the page that stands in for a failed layout is in the browser's language",
  OWN_LANGUAGES,
  async ({ browser }) => {
    const context = await browser.newContext({ baseURL: server.url, locale: "de-AT" });
    const page = await context.newPage();
    // The layout asks for the system's theme.
    await page.addInitScript(() => {
      window.matchMedia = () => {
        throw new Error("The layout fails");
      };
    });
    await page.goto("/login");
    await expect(page.getByRole("heading", { name: de.globalError.title, level: 1 })).toBeAttached();
    await expect(page).toHaveTitle(de.globalError.title);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByText(de.globalError.note)).toBeVisible();
    await expect(page.getByRole("button", { name: de.ui.tryAgain })).toBeVisible();
    await expectAccessible(page);
    await expectFit(page);
    await context.close();
  },
);
