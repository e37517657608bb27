import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import messages from "@/messages/en.json";

const glossary = readFileSync("docs/glossary.md", "utf8");
const forbidden = [...glossary.split("## Forbidden forms")[1]!.matchAll(/^- (.+)$/gm)].map(
  ([, form]) => form!,
);

function textsOf(tree: object): string[] {
  return Object.values(tree).flatMap((value: unknown) =>
    typeof value === "string" ? [value] : textsOf(value as object),
  );
}

const texts = textsOf(messages);

it("keeps the glossary's forbidden forms out of the catalog", () => {
  expect(forbidden.length).toBeGreaterThan(20);
  const wrong = texts.flatMap((text) =>
    forbidden.filter((form) => new RegExp(`\\b${form}\\b`, "i").test(text)).map((form) => ({ form, text })),
  );
  expect(wrong).toEqual([]);
});

it("writes plain punctuation: one blank at most, an ellipsis of one sign, no blank at the ends", () => {
  expect(texts.filter((text) => /\s{2}|\.\.\.|^\s|\s$/.test(text))).toEqual([]);
});
