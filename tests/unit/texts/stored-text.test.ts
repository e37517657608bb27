import { expect, it } from "vitest";
import type { Text } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { storedText } from "@/lib/stored-text";

it.each<Text>([
  { key: "deliveryNotes.channelDisabled", values: {} },
  { key: "deliveryNotes.answered", values: { status: "500" } },
  { key: "deliveryNotes.redirected", values: { status: "302" } },
  { key: "deliveryNotes.noAnswer", values: { seconds: 1 } },
  { key: "deliveryNotes.noAnswer", values: { seconds: 1_500 } },
  { key: "mailNotes.recipientRefused", values: { code: "550" } },
  { key: "scheduleErrors.noAccess", values: {} },
])("finds the text of a note that is stored in English: $key", (text) => {
  expect(storedText(inEnglish(text))).toEqual(text);
});

it("leaves what it does not know as it stands", () => {
  expect(storedText("Answered 500.")).toBe("Answered 500.");
});
