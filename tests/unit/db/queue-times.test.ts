import { expect, it } from "vitest";
import { PRODUCT_FOLDERS, sourceFiles } from "../../support/source-files";

it("Due times get into the queue where they are converted to the database's clock, and nowhere else", () => {
  const isWriting = /\b(insert into|update) queue_entries\b|\.(insert|update)\(queueEntries\)/;
  const writing = [...sourceFiles(PRODUCT_FOLDERS)].filter(([, code]) => isWriting.test(code));
  expect(writing.map(([name]) => name)).toEqual(["db/queries/global/queue.ts"]);
});
