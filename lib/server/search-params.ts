import { decodeNameCursor, type NameCursor } from "@/lib/domain/list-page";
import { readRowId } from "@/lib/domain/row-id";
import { isIanaZone, isLocalDate, addLocalDays, startOfLocalDay } from "@/lib/domain/zones";

export type SearchParams = Record<string, string | string[] | undefined>;

const MAX_TEXT = 200;

/** One text of the address: trimmed, without control characters, at most 200 characters; empty when absent. */
export function textParam(params: SearchParams, name: string): string {
  const value = params[name];
  const text = Array.isArray(value) ? value[0] : value;
  return (text ?? "")
    .replace(/[\p{Cc}\p{Cs}]/gu, "")
    .trim()
    .slice(0, MAX_TEXT);
}

/** The text when it is one of the choices, else null. */
export function choiceParam<Choice extends string>(
  params: SearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | null {
  const text = textParam(params, name);
  return choices.find((choice) => choice === text) ?? null;
}

/** A row's id, else null. */
export function idParam(params: SearchParams, name: string): number | null {
  const text = textParam(params, name);
  return readRowId(text);
}

/** The id that a segment of an address is; 0, which no row has, for anything else. */
export function rowIdOf(segment: string): number {
  return readRowId(segment) ?? 0;
}

/** Dates that PostgreSQL reads as JavaScript writes them have years of four digits. */
const LATEST_INSTANT = Date.UTC(9999, 0, 1);

/** An instant of an address in epoch milliseconds, before the year 9999; null for anything else. */
export function instantOf(text: unknown): number | null {
  const at = typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : LATEST_INSTANT;
  return at < LATEST_INSTANT ? at : null;
}

/** The place of a list by name; a cursor that this program did not write begins at the first page. */
export function nameCursorParam(params: SearchParams): NameCursor | null {
  const value = params.after;
  return typeof value === "string" && value !== "" ? decodeNameCursor(value) : null;
}

/** The half-open range of instants of `from` and `to`, local days of the zone, the last one included. */
export function dateRangeParams(
  params: SearchParams,
  timeZone: string,
): { from: Date | null; to: Date | null } {
  if (!isIanaZone(timeZone)) throw new Error(`Unknown time zone: ${timeZone}`);
  const from = textParam(params, "from");
  const to = textParam(params, "to");
  return {
    from: isLocalDate(from) ? new Date(startOfLocalDay(from, timeZone)) : null,
    to: isLocalDate(to) ? new Date(startOfLocalDay(addLocalDays(to, 1), timeZone)) : null,
  };
}
