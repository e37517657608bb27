import messages from "@/messages/en.json";
import type { Text, TextKey } from "./domain/text";

/** What becomes of sending is stored in English, as the API and logs have it. Screens word it in the reader's language. */
const AREAS = ["deliveryNotes", "mailNotes", "scheduleErrors"] as const;

const PLACEHOLDER = /\{(\w+)(, \w+)?(?:, (?:[^{}]|\{[^{}]*\})*)?\}/g;

interface Known {
  key: TextKey;
  pattern: RegExp;
  /** Names of values that are numbers. */
  numbers: ReadonlySet<string>;
}

/** The longest first, as a short text with a value may match a longer one. */
const KNOWN: readonly Known[] = AREAS.flatMap((area) =>
  Object.entries<string>(messages[area]).map((each) => [area, ...each]),
)
  .toSorted(([, , one], [, , other]) => literalLength(other!) - literalLength(one!))
  .map(([area, name, text]) => knownOf(`${area}.${name}` as TextKey, text!));

function literalLength(text: string): number {
  return text.replace(PLACEHOLDER, "").length;
}

function knownOf(key: TextKey, text: string): Known {
  const numbers = new Set<string>();
  const source = text
    .split(PLACEHOLDER)
    // Each placeholder has two groups: its name and its type.
    .map((part, at, parts) => {
      if (at % 3 === 0) return part.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
      if (at % 3 === 2) return "";
      const type = parts[at + 1];
      if (type === undefined) return `(?<${part}>.+)`;
      numbers.add(part);
      return type === ", plural" ? `(?<${part}>[\\d,]+) \\S+` : `(?<${part}>[\\d,]+)`;
    })
    .join("");
  return { key, pattern: new RegExp(`^${source}$`), numbers };
}

/** The text of a stored note; as it stands where the catalog doesn't have it, such as one of an earlier version. */
export function storedText(note: string): string | Text {
  for (const { key, pattern, numbers } of KNOWN) {
    const found = pattern.exec(note);
    if (!found) continue;
    const values = Object.entries(found.groups ?? {}).map(([name, value]) => [
      name,
      numbers.has(name) ? Number(value.replaceAll(",", "")) : value,
    ]);
    return { key, values: Object.fromEntries(values) as Record<string, string | number> };
  }
  return note;
}
