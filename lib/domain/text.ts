import type { Paper } from "./date-order";
import type { MessageKeys, Messages, NestedKeyOf } from "next-intl";

/** A text of `messages/en.json`. */
export type TextKey = MessageKeys<Messages, NestedKeyOf<Messages>>;

/** A time in a sentence, in epoch milliseconds; it is written in the reader's zone. */
export interface TimeValue {
  at: number;
}

/** Several names or texts in a sentence: "A, B, and C". */
export interface ListValue {
  all: readonly (string | Text)[];
}

/** A country in two letters; a name as it stands. */
export interface CountryValue {
  country: string;
}

export type TextValue = string | number | Text | TimeValue | ListValue | CountryValue;
export type TextValues = Readonly<Record<string, TextValue>>;

/** A text of the catalog, with what it names. It is worded in the reader's language when shown. */
export interface Text {
  key: TextKey;
  values?: TextValues;
}

/** A text, several that follow one another, or English of an area that is not in the catalog yet. */
export type Wording = string | Text | readonly Text[];

/** The texts of a wording, one after another. */
export function textsOf(wording: Wording): readonly (string | Text)[] {
  if (typeof wording === "string") return [readIssue(wording)];
  return "key" in wording ? [wording] : wording;
}

/** Who reads a text. */
export interface Reader {
  /** A BCP 47 tag. */
  locale: string;
  translate: (key: TextKey, values?: Record<string, string | number>) => string;
  /** What the reader prints on; A4 unless given. */
  paper?: Paper;
  /** Writes epoch milliseconds. */
  writeTime: (at: number) => string;
}

/** A text in the reader's language; a name or plain English as it stands. */
export function wordText(text: string | Text, reader: Reader): string {
  if (typeof text === "string") return text;
  const values = Object.entries(text.values ?? {}).map(([name, value]) => [name, wordValue(value, reader)]);
  return reader.translate(text.key, Object.fromEntries(values) as Record<string, string | number>);
}

function wordValue(value: TextValue, reader: Reader): string | number {
  if (typeof value !== "object") return value;
  if ("at" in value) return reader.writeTime(value.at);
  if ("key" in value) return wordText(value, reader);
  if ("country" in value) return wordCountry(value.country, reader.locale);
  const words = value.all.map((each) => wordText(each, reader));
  return new Intl.ListFormat(reader.locale, { type: "conjunction" }).format(words);
}

function wordCountry(country: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(locale, { type: "region", fallback: "code" }).of(country) ?? country;
}

const MARK = "\u2063";

/** A text as zod carries it: the message of an issue is a string. `readIssue` reads it back. */
export function issue(key: TextKey, values?: TextValues): string {
  return MARK + JSON.stringify({ key, values });
}

/** The text of an issue's message; a message in plain English as it stands. */
export function readIssue(message: string): string | Text {
  return message.startsWith(MARK) ? (JSON.parse(message.slice(MARK.length)) as Text) : message;
}
