import { expect, it } from "vitest";
import { PRODUCT_FOLDERS, sourceFiles } from "../support/source-files";

const product = sourceFiles(PRODUCT_FOLDERS);

it("keeps state of the process in lib/process-state alone", () => {
  const users = [...product].filter(([, text]) => /\bglobalThis\b/.test(text)).map(([name]) => name);
  expect(users).toEqual(["lib/process-state.ts"]);
});

it("uses each key of process state in one place", () => {
  const keys = [...product.values()].flatMap((text) =>
    [...text.matchAll(/processState(?:<[^(]*>)?\(\s*"([^"]+)"/g)].map(([, key]) => key!),
  );
  expect(keys.length).toBeGreaterThan(15);
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
});
