import { expect, test } from "vitest";
import { readProjectFile } from "../../support/dockerfile";

/** npm 11 and 12 warn about install scripts without a decision, and 12 leaves them out. */
test("package.json allows or refuses the install script of every package that has one, and names no other", () => {
  const { packages } = JSON.parse(readProjectFile("package-lock.json")) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const { allowScripts } = JSON.parse(readProjectFile("package.json")) as {
    allowScripts: Record<string, boolean>;
  };
  const withScript = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([folder]) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length));
  expect(Object.keys(allowScripts).toSorted()).toEqual([...new Set(withScript)].toSorted());
});
