import { readdirSync, readFileSync } from "node:fs";
import { expect, it, test } from "vitest";
import { inEnglish } from "@/lib/english";
import { silentInstallWays } from "@/lib/domain/silent-install";
import { INSTALL_BAT, UNINSTALL_BAT } from "@/lib/services/agent-package/batch-files";

/** Lines on which a variable stands in parentheses without quotes: its value may hold what closes them. */
function openVariables(batch: string): string[] {
  let depth = 0;
  return batch.split(/\r?\n/).filter((line) => {
    if (/^\s*(?:rem\b|::)/i.test(line)) return false;
    let isQuoted = false;
    let isOpen = false;
    for (const [, sign] of line.matchAll(/(\^.|["()]|%(?:~\w*\d|\d|[a-z]\w*(?::[^%]*)?%))/gi)) {
      if (sign === '"') isQuoted = !isQuoted;
      else if (isQuoted || sign!.startsWith("^")) continue;
      else if (sign === "(") depth += 1;
      else if (sign === ")") depth = Math.max(0, depth - 1);
      else if (depth > 0) isOpen = true;
    }
    return isOpen;
  });
}

const GO_FILES = readdirSync("agent", { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".go"),
);

const BATCHES: [name: string, text: string][] = [
  ["install_service.bat of the package", INSTALL_BAT],
  ["uninstall.bat of the package", UNINSTALL_BAT],
  ...silentInstallWays({ installDir: String.raw`C:\Program Files (x86)\Agent` })
    .flatMap(({ steps }) => steps.flatMap(({ code }) => code ?? []))
    .filter(({ text }) => /^@echo off/i.test(text))
    .map(({ label, text }): [string, string] => [inEnglish(label), text]),
  ...GO_FILES.flatMap((file) =>
    [...readFileSync(`agent/${file}`, "utf8").matchAll(/`(@echo off[^`]*)`/gi)].map(
      ([, text]): [string, string] => [`agent/${file}`, text!],
    ),
  ),
];

it.each([
  ['if exist x (\r\n  echo in %DIR%.\r\n)\r\necho "%DIR%"', ["  echo in %DIR%."]],
  ["if exist x (echo %~dp0)", ["if exist x (echo %~dp0)"]],
  ['if exist x (\n  echo "%DIR%" and %1\n)', ['  echo "%DIR%" and %1']],
  ['if exist x (\n  echo "%DIR%"\n  rem of %DIR%\n)\necho %DIR%', []],
  ["for %%A in (a b) do echo %%~A %DIR%", []],
])("the test finds variables without quotes in parentheses: %j", (batch, found) => {
  expect(openVariables(batch)).toEqual(found);
});

it("judges the batch file of the agent", () => {
  expect(BATCHES.map(([name]) => name)).toContain("agent/internal/install/uninstall.go");
});

test.each(BATCHES)("%s has no variable without quotes in parentheses", (_, text) => {
  expect(openVariables(text)).toEqual([]);
});
