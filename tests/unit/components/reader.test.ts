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
  const sides = [
    /(m[lr]|p[lr]|scroll-m[lr])-(\d|\[|px|auto)/,
    /(left|right)-(\d(?!\/2)|\[|px|auto|full)/,
    /(border-[lr]|rounded-([lr]|[tb][lr])|text-(left|right))(?=[\s"'`-])/,
  ];
  const physical = new RegExp(`["'\`\\s:](-?)(${sides.map(({ source }) => source).join("|")})`);
  expect(linesWith(physical)).toEqual([]);
});

it("writes numbers as the reader does", () => {
  expect(
    linesWith(/toLocale(Date|Time)?String\(|Intl\.NumberFormat\(/, ["components/ui/format-number.ts"]),
  ).toEqual([]);
});
