import { expect, it } from "vitest";
import { fileNameOf } from "@/components/exports/download";
import { sourceFiles } from "../../support/source-files";

const DOWNLOAD = /<a\b[^>]*?\sdownload\b/;

it("says what a download is refused with: only the link that fetches files itself is a plain one", () => {
  const plain = [...sourceFiles(["app", "components"])].filter(([, source]) =>
    DOWNLOAD.test(source.replaceAll("=>", "")),
  );
  expect(plain.map(([path]) => path)).toEqual(["components/exports/export-link.tsx"]);
});

it.each([
  ["attachment; filename=\"events.csv\"; filename*=UTF-8''Ereignisse%20%C3%BC.csv", "Ereignisse ü.csv"],
  ['attachment; filename="rules.yml"', "rules.yml"],
  ["attachment; filename=\"rules.yml\"; filename*=UTF-8''%", "rules.yml"],
  ["attachment", null],
  [null, null],
])("reads the name of the file from %j", (disposition, name) => {
  expect(fileNameOf(disposition)).toBe(name);
});
