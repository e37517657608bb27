import { expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { readProjectFile } from "../../support/dockerfile";

interface Variable {
  name: string;
  shown: string;
  comment: string;
}

/** Each variable of .env.example with the comment above it, which several in a row share. */
function variables(): Variable[] {
  let comment = "";
  let isEnded = false;
  return readProjectFile(".env.example")
    .split("\n")
    .flatMap((line): Variable[] => {
      if (line.startsWith("#")) {
        comment = isEnded ? line : `${comment} ${line}`;
        isEnded = false;
        return [];
      }
      isEnded = true;
      const [, name, shown] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined
        ? []
        : [{ name, shown: shown!, comment: comment.replaceAll(/\s*#\s*/g, " ") }];
    });
}

function isTaken(name: string, text: string): boolean {
  try {
    parseEnv({ [name]: text });
    return true;
  } catch {
    return false;
  }
}

const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1);

const VARIABLES = variables();
const NUMBERS = VARIABLES.filter(({ shown }) => /^\d+$/.test(shown)).map(({ name, comment }) => ({
  name,
  comment,
  least: upTo(100).find((number) => isTaken(name, String(number)))!,
}));
/** Of texts without a form of their own, the fewest characters that are taken. */
const TEXTS = VARIABLES.filter(({ shown }) => shown === "").flatMap(({ name, comment }) => {
  const least = upTo(100).find((length) => isTaken(name, "x".repeat(length)));
  return least === undefined || least === 1 ? [] : [{ name, comment, least }];
});

it.each(NUMBERS.filter(({ least }) => least > 1))(
  ".env.example says that $name is at least $least",
  ({ comment, least }) => {
    expect(comment).toMatch(new RegExp(`at least ${least}\\b|\\b${least} to \\d`));
  },
);

it.each(TEXTS)(".env.example says that $name has at least $least characters", ({ comment, least }) => {
  expect(comment).toContain(`at least ${least} characters`);
});

it("finds bounds of both sorts", () => {
  expect(NUMBERS.filter(({ least }) => least > 1).map(({ name }) => name)).toContain("REPORTS_AT_ONCE");
  expect(TEXTS.map(({ name }) => name)).toEqual([
    "AUTH_SECRET",
    "AUTH_SECRET_PREVIOUS",
    "INITIAL_ADMIN_PASSWORD",
    "METRICS_TOKEN",
  ]);
});
