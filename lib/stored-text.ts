import messages from "@/messages/en.json";
import type { Text, TextKey, TextValues } from "./domain/text";
import { RULES } from "./domain/detections/rules";
import { inEnglish } from "./english";

/** What becomes of sending is stored in English, as the API and logs have it. Screens word it in the reader's language. */
const AREAS = ["deliveryNotes", "mailNotes", "scheduleErrors"] as const;

/** Stand for any name and any number within a note. */
const NAME = "⟨name⟩";
const NUMBER = 7_777_777;

/** The values of notes that have any. A note with a number is worded for one, too. */
export const NOTE_VALUES: Readonly<Partial<Record<TextKey, TextValues>>> = {
  "deliveryNotes.answered": { status: NAME },
  "deliveryNotes.redirected": { status: NAME },
  "deliveryNotes.noAnswer": { seconds: NUMBER },
  "deliveryNotes.tlsRefused": { code: NAME },
  "mailNotes.slow": { seconds: NUMBER },
  "mailNotes.recipientRefused": { code: NAME },
  "mailNotes.messageRefused": { code: NAME },
};

interface Known {
  text: Text;
  pattern: RegExp;
}

const KNOWN: readonly Known[] = AREAS.flatMap((area) =>
  Object.keys(messages[area]).map((name) => `${area}.${name}` as TextKey),
).flatMap((key) => {
  const values = NOTE_VALUES[key];
  if (!values) return isPlain(key) ? [knownOf({ key })] : [];
  const one = Object.entries(values).map(([name, value]) => [name, value === NUMBER ? 1 : value]);
  return [values, Object.fromEntries(one) as TextValues].map((each) => knownOf({ key, values: each }));
});

/** Whether the text has no values; built pages have such texts as they stand, and others taken apart. */
function isPlain(key: TextKey): boolean {
  const [area, name] = key.split(".") as [(typeof AREAS)[number], string];
  const text: unknown = (messages[area] as Record<string, unknown>)[name];
  return typeof text === "string" && !text.includes("{");
}

function knownOf(text: Text): Known {
  const source = inEnglish(text)
    .replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")
    .replace(NAME, "(\\S+)")
    .replace(NUMBER.toLocaleString("en"), "([\\d,]+)");
  return { text, pattern: new RegExp(`^${source}$`) };
}

const RULE_TITLES = RULES.map(({ title }) => ({ title, english: inEnglish(title) }));

/** The title of a rule that is stored in English; as it stands where no rule has it. */
export function storedRuleTitle(title: string): string | Text {
  return RULE_TITLES.find(({ english }) => english === title)?.title ?? title;
}

/** The text of a stored note; as it stands where the catalog doesn't have it, such as one of an earlier version. */
export function storedText(note: string): string | Text {
  for (const { text, pattern } of KNOWN) {
    const found = pattern.exec(note);
    if (!found) continue;
    const [, value] = found;
    const [[name, stand] = [], ...others] = Object.entries(text.values ?? {});
    if (name === undefined || value === undefined || others.length > 0) return text;
    return {
      key: text.key,
      values: { [name]: stand === NUMBER ? Number(value.replaceAll(",", "")) : value },
    };
  }
  return note;
}
