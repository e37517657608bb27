import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

const DISABLED = /\bdisabled=\{is(?:Pending|Waiting|Ending|Busy|Saving|Running)\w*\}/;

it("keeps the focus on a button while its work is under way: it is pending, not disabled", () => {
  const sources = [...sourceFiles(["app", "components"])];
  expect(sources.filter(([, source]) => DISABLED.test(source)).map(([path]) => path)).toEqual([]);
  expect("<Button disabled={isEndingOthers}>").toMatch(DISABLED);
});
