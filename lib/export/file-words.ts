import type { Reader, TextKey } from "@/lib/domain/text";

/** What writers of files say by themselves. In braces stands what they fill in. */
const FILE_TEXT = {
  report: "files.report",
  rows: "files.rows",
  noRows: "files.noRows",
  about: "files.about",
  note: "files.note",
  missingCharacters: "files.missingCharacters",
  page: "files.page",
  times: "files.times",
  seconds: "files.seconds",
  yes: "files.yes",
  no: "files.no",
} as const satisfies Record<string, TextKey>;

/** Plain texts, which can go to another thread. */
export type FileWords = Readonly<Record<keyof typeof FILE_TEXT, string>>;

const SLOTS = {
  sign: "{sign}",
  page: "{page}",
  pages: "{pages}",
  zone: "{zone}",
  column: "{column}",
};

export function fileWords(reader: Reader): FileWords {
  const words = Object.entries(FILE_TEXT).map(([name, key]) => [name, reader.translate(key, SLOTS)]);
  return Object.fromEntries(words) as FileWords;
}

/** The text with its slots filled: `{page}` by `values.page`. */
export function fillIn(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}
