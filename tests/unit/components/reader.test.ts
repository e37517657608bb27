import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

const modules = [...sourceFiles(["app", "components"])];

/** Lines of code that match, without those of the files named. */
function linesWith(pattern: RegExp, except: readonly string[] = []): string[] {
  return modules.flatMap(([name, text]) =>
    except.includes(name)
      ? []
      : text.split("\n").flatMap((line) => (pattern.test(line) ? [`${name}: ${line.trim()}`] : [])),
  );
}

it("places by the direction of the text, so that a language from right to left can follow", () => {
  const physical =
    /["'`\s:!-](m[lr]|p[lr]|scroll-m[lr]|border-[lr](?=[\s"'`-])|rounded-([lr]|[tb][lr])(?=[\s"'`-])|(left|right)-(\d(?!\/2)|\[|px|auto|full))-?|["'`\s:](text-(left|right))(?=["'`\s])/;
  expect(linesWith(physical).filter((line) => /className|cn\(|"/.test(line))).toEqual([]);
});

it("writes numbers as the reader does", () => {
  expect(
    linesWith(/toLocale(Date|Time)?String\(|Intl\.NumberFormat\(/, ["components/ui/format-number.ts"]),
  ).toEqual([]);
});
