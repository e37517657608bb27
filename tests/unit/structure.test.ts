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

/** Thrown and caught within one bundle, so that both sides have the same class. */
const JUDGED_BY_CLASS = [
  "BlockedAddress",
  "BodyTooLarge",
  "BodyTooSlow",
  "EmbeddedPostgresError",
  "ImportError",
  "LeaseLost",
  "ProofNeeded",
];

it("recognizes own errors by name where the server's bundle may throw what a page catches", () => {
  const texts = [...product].filter(([name]) => /^(lib|db)\//.test(name)).map(([, text]) => text);
  const own = texts.flatMap((text) =>
    [...text.matchAll(/\bclass (\w+) extends (?:Error|AppError)\b/g)].map(([, name]) => name!),
  );
  expect(own).toContain("QueueFull");
  const judged = own.filter((name) => texts.some((text) => new RegExp(`instanceof ${name}\\b`).test(text)));
  expect(judged.toSorted()).toEqual(JUDGED_BY_CLASS);
});
