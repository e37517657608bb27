import type { MessageKeys, Messages, NestedKeyOf } from "next-intl";

type KeysOf<Namespace extends keyof Messages & string> =
  `${Namespace}.${MessageKeys<Messages[Namespace], NestedKeyOf<Messages[Namespace]>>}`;

/** What rules and services may say to a person. */
export type TextKey = KeysOf<"errors"> | KeysOf<"passwordRules">;
export type TextValues = Readonly<Record<string, string | number>>;

/** A text of the catalog, with what it names. Whoever shows it words it in the reader's language. */
export interface Text {
  key: TextKey;
  values?: TextValues;
}

/** A text, several that follow one another, or English of an area that is not in the catalog yet. */
export type Wording = string | Text | readonly Text[];

const MARK = "\u2063";

/** A text as zod carries it: the message of an issue is a string. `readIssue` reads it back. */
export function issue(key: TextKey, values?: TextValues): string {
  return MARK + JSON.stringify({ key, values });
}

/** The text of an issue's message; a message in plain English as it stands. */
export function readIssue(message: string): string | Text {
  return message.startsWith(MARK) ? (JSON.parse(message.slice(MARK.length)) as Text) : message;
}
