import { cutToCodePoints, trimWhiteSpace, withoutUnstorable } from "../events/wire-text";

/** A row of the original as a driver gives it, by column. */
export type SourceRow = Readonly<Record<string, unknown>>;

/** Text as stored; null for null. Bytes are read as UTF-8. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  return typeof value === "string" ? value : String(value as number | boolean | bigint);
}

/** A whole number in any spelling; null for null and anything else. */
export function integerOf(value: unknown): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** true, false or null as the four databases spell a boolean: 1, "1", "t", "true", a bit. */
export function booleanOf(value: unknown): boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return value.some((byte) => byte !== 0 && byte !== 0x30);
  return ["1", "t", "true", "y", "yes", "on"].includes(String(value as string).toLowerCase());
}

/** One line of text: control characters become blanks, then trimmed and cut to `limit` characters. */
export function tidyLine(text: string, limit: number): string {
  const spaced = text.replaceAll(/\p{Cc}+/gu, " ");
  return trimWhiteSpace(cutToCodePoints(trimWhiteSpace(withoutUnstorable(spaced)), limit));
}
