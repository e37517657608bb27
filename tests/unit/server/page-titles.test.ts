import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

const pages = [...sourceFiles(["app/(portal)/[company]"])].filter(([name]) => name.endsWith("/page.tsx"));

/** A member's title names the user before the company, and those of accounts and computers are of the same file as the others. */
const TITLE =
  /generateMetadata = companyTitle\(|return (?:account|computer)Title\(params, |titleWithin\((?:managed\.)?company, |t\("memberPageTitle", \{[^}]*\bcompany:/;

it("names the company in the title of each of its pages, so that tabs of several companies differ", () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter(([, text]) => !TITLE.test(text)).map(([name]) => name)).toEqual([]);
});
