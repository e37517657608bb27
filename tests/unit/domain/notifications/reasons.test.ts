import { expect, it } from "vitest";
import { reasonText } from "@/lib/domain/notifications/reasons";
import { wordText } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { readerOf } from "@/lib/texts";

it.each([
  ["it may not send events", "it doesn't have permission to send events"],
  ["jane, who scheduled it, was deleted", "jane, who scheduled it, was deleted"],
  ["nobody is left who may get it.", "no recipient is left"],
])("the stored reason %j reads %j", (stored, words) => {
  const text = reasonText(stored);
  expect(inEnglish(text)).toBe(words);
  expect(wordText(text, readerOf("de", "UTC"))).not.toMatch(/reasons\.| was | is /);
});

it("leaves words of others as they stand", () => {
  expect(reasonText("The mail server refused the recipient (550).")).toBe(
    "The mail server refused the recipient (550)",
  );
});
