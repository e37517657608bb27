import { expect, test } from "vitest";
import { sourceFiles } from "../../support/source-files";

/** What would compare a kind or an account with a number that only its author understands. */
const BARE = [
  /\bkind\b\s*(?:=|<>|!=|<=?|>=?|between)\s*-?\d/,
  /\bkind\b\s+(?:not\s+)?in\s*\(\s*-?\d/,
  /\b(?:account_id|who)\b\s*(?:=|<>|!=|<=?|>=?)\s*-?\d/,
  /\b(?:then|else)\s+-?\d+\s+(?:when|else|end)\b.*\baccount_id\b/,
  /interval '\d+ hours?'/,
];

const bareIn = (text: string) => BARE.some((pattern) => pattern.test(text));

test("queries name kinds and pseudo-accounts, and take the session limit as a parameter", () => {
  const found = [...sourceFiles(["db/queries"])].flatMap(([name, source]) =>
    source
      .split("\n")
      .flatMap((line, index) => (bareIn(line) ? [`${name}:${index + 1} ${line.trim()}`] : [])),
  );
  expect(found, "see db/queries/kind-sql.ts").toEqual([]);
});

test.each([
  "where e.kind between 1 and 9",
  "(kind >= 8 or e.account_id = 4)",
  "filter (where kind in (4, 5))",
  "p.kind <> 6",
  "slept.account_id = 0",
  "and account_id > 0",
  "and ended.account_id = -1",
  "case when kind = x then 0 else account_id end",
  "interval '16 hours'",
])("%s is found", (line) => {
  expect(bareIn(line)).toBe(true);
});
