import { readdirSync, readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { expect, it } from "vitest";
import { PRODUCT_FOLDERS, sourceFiles } from "../../support/source-files";

/** "No one", or who it is: a user, an account, the caller. */
const FORBIDDEN = /\b(?:nobody|somebody|whoever)\b/i;

const ROOT_FILES = readdirSync(".").filter((name) => /\.(tsx?|mjs)$/.test(name));

/** The comments that hold a forbidden word, with the line where each begins. */
function wrongComments(name: string, text: string): string[] {
  if (!FORBIDDEN.test(text)) return [];
  const { comments, errors } = parseSync(name, text);
  if (errors.length > 0) throw new Error(`Can't parse ${name}: ${errors[0]!.message}`);
  return comments
    .filter(({ value }) => FORBIDDEN.test(value))
    .map(({ start, value }) => `${name}:${text.slice(0, start).split("\n").length}: ${value.trim()}`);
}

it("finds the words in each kind of comment, and in nothing else", () => {
  const text = [
    "// Nobody waits.",
    "/**",
    " * For whoever",
    " * asks.",
    " */",
    'const nobody = "somebody"; // said to somebody',
    "const page = <p>{/* Somebody's name */}nobody</p>;",
    "// Everybody's.",
  ].join("\n");
  expect(wrongComments("page.tsx", text).map((found) => found.split(": ")[0])).toEqual([
    "page.tsx:1",
    "page.tsx:2",
    "page.tsx:6",
    "page.tsx:7",
  ]);
});

it("keeps them out of the comments of the code and of the tests", () => {
  const files = [
    ...sourceFiles([...PRODUCT_FOLDERS, "tests"]),
    ...ROOT_FILES.map((name) => [name, readFileSync(name, "utf8")] as const),
  ];
  expect(files.map(([name]) => name)).toEqual(
    expect.arrayContaining(["server.ts", "lib/errors.ts", "tests/support/source-files.ts"]),
  );
  expect(files.flatMap(([name, text]) => wrongComments(name, text))).toEqual([]);
});
