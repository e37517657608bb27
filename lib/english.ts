import { createTranslator } from "use-intl/core";
import messages from "@/messages/en.json";
import { readIssue, type Text, type Wording } from "./domain/text";

const english = createTranslator({ locale: "en", messages, timeZone: "UTC" });

/** A wording in English, the language of logs, the API and command-line tools. */
export function inEnglish(wording: Wording): string {
  const texts: readonly (string | Text)[] =
    typeof wording === "string" ? [readIssue(wording)] : "key" in wording ? [wording] : wording;
  return texts.map((text) => (typeof text === "string" ? text : english(text.key, text.values))).join(" ");
}
