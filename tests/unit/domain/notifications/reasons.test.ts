import { expect, it } from "vitest";
import { reasonText } from "@/lib/domain/notifications/reasons";
import { wordText } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { readerOf } from "@/lib/texts";

it.each([
  ["it may not send events", "it doesn't have permission to send events"],
  ["jane, who scheduled it, was deleted", "jane, who scheduled it, was deleted"],
  ["nobody is left who may get it.", "no recipient is left"],
  ["its last recipient has unsubscribed", "its last recipient has unsubscribed"],
  [inEnglish({ key: "scheduleErrors.noLongerRecipient" }), "its recipients were removed"],
  [
    inEnglish({ key: "scheduleErrors.domainRefused" }),
    "the company doesn't allow the recipient's email domain",
  ],
  [
    inEnglish({ key: "scheduleErrors.noAccess" }),
    "its recipients no longer have access to the company's events",
  ],
  [inEnglish({ key: "scheduleErrors.internal" }), "it couldn't be created because of an internal error"],
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
