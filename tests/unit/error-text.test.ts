import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "@/db/client";
import { messageOf, stackOf } from "@/lib/error-text";
import { PartlyFailed } from "@/lib/services/jobs/job";
import { sourceFiles } from "../support/source-files";

const QUERY = "insert into alert_history (text) values ($1, $2)";
const SECRET = "Anna Schmidt";

/** What a parameter may hold that also stands around parameters, or that other rules replace. */
const piece = fc.constantFrom(
  SECRET,
  "\n",
  "\n    at ",
  "\n    at lib/x.ts:1:1\n",
  "\nparams: ",
  "\ncaused by ",
  "Failed query: ",
  "Error: ",
  "ab".repeat(32),
  "postgres://u:p@h/d",
  "$2b$12$abcdefghijklmnopqrstuv",
);
const parameter = fc.array(piece, { maxLength: 8 }).map((pieces) => [...pieces, SECRET, ...pieces].join(""));
const parameters = fc.array(fc.oneof(parameter, fc.integer(), fc.constant(null)), { minLength: 1 });

function failingQuery(params: unknown[], cause = new Error("canceling statement due to lock timeout")) {
  return new DrizzleQueryError(QUERY, params, cause);
}

/** As the error comes to a log: itself, worded anew, or with a message that was changed. */
const WAYS: Record<string, (error: Error) => Error> = {
  "the query's own error": (error) => error,
  "a cause of another": (error) => new Error("A look failed", { cause: error }),
  "one that takes over its message": (error) => new PartlyFailed(error, {}),
  "one that quotes its message": (error) => new Error(`It failed: ${error.message}; and more`),
  "one whose message was changed": (error) => Object.assign(error, { message: `First: ${error.message}` }),
  "one whose message is gone": (error) => Object.assign(error, { message: "" }),
  "one without its properties": (error) => {
    const copy = new Error(error.message);
    copy.stack = error.stack!;
    return copy;
  },
};

describe.each(Object.entries(WAYS))("the text of %s", (_, wrap) => {
  it("holds nothing of the parameters, whatever they are", () => {
    fc.assert(
      fc.property(parameters, (params) => {
        const given = [SECRET, ...params];
        expect(messageOf(wrap(failingQuery(given)))).not.toContain(SECRET);
        expect(stackOf(wrap(failingQuery(given)))).not.toContain(SECRET);
        expect(messageOf(String(wrap(failingQuery(given))))).not.toContain(SECRET);
      }),
    );
  });
});

it("keeps the query, where it was asked, and what the database said of it", () => {
  const error = failingQuery([`${SECRET}\n    at somewhere`, "x"]);
  expect(messageOf(error)).toBe(`Failed query: ${QUERY}\nparams: [hidden]`);
  const stack = stackOf(error)!;
  expect(stack).toContain(QUERY);
  expect(stack).toMatch(/\n {4}at .*failingQuery.*error-text\.test\.ts/);
  expect(stack).toContain("caused by Error: canceling statement due to lock timeout");
});

it("prints a failed query without its parameters, alone or as a cause", () => {
  const error = failingQuery([SECRET, `\n    at ${SECRET}`]);
  for (const printed of [inspect(error), inspect(new Error("A page failed", { cause: error }))]) {
    expect(printed).not.toContain(SECRET);
    expect(printed).toContain(QUERY);
  }
});

it("leaves other errors as they are, but for keys and passwords", () => {
  const error = new Error(`Key ${"0a".repeat(32)} at postgres://me:secret@host/db`);
  expect(messageOf(error)).toBe("Key [64 hex digits] at postgres://me:[hidden]@host/db");
  expect(stackOf(error)).toMatch(/^Error: Key \[64 hex digits\] at .*\n {4}at /);
  expect(messageOf(new TypeError(""))).toBe("TypeError");
  expect(stackOf("no error")).toBeNull();
});

/** Writes an error's message as it is: to a terminal, where it may be that of a query. */
const RAW = /std(?:err|out)\.write\([^;]*error instanceof Error \? error\.message/;

it("writes an unknown error to a terminal by messageOf alone", () => {
  const files = [...sourceFiles(["lib", "db", "scripts"])].filter(([, text]) => RAW.test(text));
  // It opens no database.
  expect(files.map(([name]) => name)).toEqual(["scripts/cert.ts"]);
});
