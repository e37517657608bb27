import { forbidden, notFound } from "next/navigation";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { guardedTitle } from "@/lib/server/texts/guarded-title";
import { sourceFiles } from "../../support/source-files";

vi.mock("next-intl/server", () => ({
  getTranslations: async (area: string) => (key: string) => `${area}.${key}`,
}));
beforeEach(() => void vi.stubEnv("__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS", "true"));
afterEach(() => void vi.unstubAllEnvs());

const pages = [...sourceFiles(["app/(portal)/[company]"])].filter(([name]) => name.endsWith("/page.tsx"));

/** A member's title names the user before the company, and those of accounts and computers are of the same file as the others. */
const TITLE =
  /generateMetadata = companyTitle\(|return (?:account|computer)Title\(params, |titleWithin\((?:managed\.)?company, |t\("memberPageTitle", \{[^}]*\bcompany:/;

it("names the company in the title of each of its pages, so that tabs of several companies differ", () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter(([, text]) => !TITLE.test(text)).map(([name]) => name)).toEqual([]);
});

/** What refuses those without a permission. */
const GUARD =
  /\brequire(?:Company)?(?:Permission|Administration|UserList)\(|\brequirePortalUserList\(|\bopenPortalNotifications\(|\bcompanyScreen\(/;

it("says in the tab that a page isn't allowed, on each that needs a permission", () => {
  const guarded = [...sourceFiles(["app/(portal)"])].filter(
    ([name, text]) => name.endsWith("/page.tsx") && GUARD.test(text),
  );
  expect(guarded.length).toBeGreaterThan(25);
  const isTitled = (text: string) =>
    /generateMetadata = (?:company|portal)Title\(|return guardedTitle\(/.test(text);
  expect(guarded.filter(([, text]) => !isTitled(text)).map(([name]) => name)).toEqual([]);
});

it("titles a page as it is read, and one that is refused by the refusal", async () => {
  expect(await guardedTitle(async () => "Sites")).toEqual({ title: "Sites" });
  expect(await guardedTitle(async () => forbidden())).toEqual({ title: "pages.forbidden" });
});

it("leaves a page that isn't there, and failures, to Next.js", async () => {
  await expect(guardedTitle(async () => notFound())).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
  await expect(guardedTitle(() => Promise.reject(new Error("no database")))).rejects.toThrow("no database");
});
