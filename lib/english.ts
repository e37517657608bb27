import { createTranslator } from "use-intl/core";
import messages from "@/messages/en.json";
import { textsOf, wordText, type Reader, type TextKey, type Wording } from "./domain/text";

const translator = createTranslator({ locale: "en", messages, timeZone: "UTC" });

/** Reads English, and times in UTC to the minute: `2025-05-25 14:30 UTC`. */
export const ENGLISH_READER: Reader = {
  locale: "en",
  translate: translator as (key: TextKey, values?: Record<string, string | number>) => string,
  writeTime: (at) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`,
};

/** Reads the same with times as RFC 3339, for what a program reads. */
export const PROGRAM_READER: Reader = {
  ...ENGLISH_READER,
  writeTime: (at) => new Date(at).toISOString(),
};

/** A wording in English, the language of logs, the API and command-line tools. */
export function inEnglish(wording: Wording): string {
  return textsOf(wording)
    .map((text) => wordText(text, ENGLISH_READER))
    .join(" ");
}
