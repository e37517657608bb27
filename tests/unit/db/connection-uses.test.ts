import { expect, it } from "vitest";
import { CONNECTION_USES } from "@/db/queries/global/database-facts";
import { PRODUCT_FOLDERS, sourceFiles } from "../../support/source-files";

it("every connection is counted by what its name says it is for", () => {
  const named = [...sourceFiles(PRODUCT_FOLDERS).values()].flatMap((text) =>
    [...text.matchAll(/application_name: "winauthmon ([^"]+)"/g)].map(([, use]) => use),
  );
  expect([...new Set(named)].toSorted()).toEqual(CONNECTION_USES.toSorted());
});
