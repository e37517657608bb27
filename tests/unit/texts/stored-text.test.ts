import { expect, it } from "vitest";
import type { Text } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { RULES } from "@/lib/domain/detections/rules";
import { NOTE_VALUES, storedRuleTitle, storedText } from "@/lib/stored-text";
import messages from "@/messages/en.json";
import { textLeaves, wantedBy } from "../../support/messages";

it.each<Text>([
  { key: "deliveryNotes.channelDisabled" },
  { key: "deliveryNotes.answered", values: { status: "500" } },
  { key: "deliveryNotes.redirected", values: { status: "302" } },
  { key: "deliveryNotes.noAnswer", values: { seconds: 1 } },
  { key: "deliveryNotes.noAnswer", values: { seconds: 1_500 } },
  { key: "mailNotes.recipientRefused", values: { code: "550" } },
  { key: "scheduleErrors.noAccess" },
])("finds the text of a note that is stored in English: $key", (text) => {
  expect(storedText(inEnglish(text))).toEqual(text);
});

it("leaves what it does not know as it stands", () => {
  expect(storedText("Answered 500.")).toBe("Answered 500.");
});

it("knows which values the notes have", () => {
  const notes = textLeaves({ deliveryNotes: messages.deliveryNotes, mailNotes: messages.mailNotes });
  const withValues = notes.filter(([key, text]) => wantedBy(text).length > 0 && key !== "mailNotes.server");
  expect(withValues.map(([key, text]) => [key, wantedBy(text)])).toEqual(
    withValues.map(([key]) => [key, Object.keys(NOTE_VALUES[key as keyof typeof NOTE_VALUES] ?? {})]),
  );
});

it("titles of rules that the audit trail stores are worded again", () => {
  for (const { title } of RULES) expect(storedRuleTitle(inEnglish(title))).toEqual(title);
  expect(storedRuleTitle("A rule of another version")).toBe("A rule of another version");
});
