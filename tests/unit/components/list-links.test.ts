import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

/** An address of the list as it is shown, given to a link. */
const ADDRESS = /\b\w*href(?:=\{|: )(?:\w+ \? )?(?:url|navigation)\.href\(/i;
/** Its step beside it, which knows what is being typed and what is on its way. */
const STEP = /\bon[A-Z]\w*(?:[=:,]| )/;

const links = [...sourceFiles(["app", "components"])].flatMap(([name, text]) => {
  const lines = text.split("\n");
  return lines.flatMap((line, index) =>
    ADDRESS.test(line) ? [{ name, line: line.trim(), isStep: STEP.test(`${line} ${lines[index + 1]}`) }] : [],
  );
});

it("leads within a list by steps, as an address forgets the filters that are on their way", () => {
  expect(links.length).toBeGreaterThan(2);
  expect(links.filter(({ isStep }) => !isStep)).toEqual([]);
});
