import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

const DOWNLOAD = /<a\b[^>]*?\sdownload\b/;

it("says what a download is refused with: only the link that fetches files itself is a plain one", () => {
  const plain = [...sourceFiles(["app", "components"])].filter(([, source]) =>
    DOWNLOAD.test(source.replaceAll("=>", "")),
  );
  expect(plain.map(([path]) => path)).toEqual(["components/exports/export-link.tsx"]);
});
