import type { CellKind, PlainValue } from "@/lib/domain/reports/report-table";
import { formatOffsetIso, zoneOffsetMinutes, type IanaZone } from "@/lib/domain/zones";
import type { FileWords } from "./file-words";

/** What cells are written for. */
export interface CellStyle {
  zone: IanaZone;
  words: Pick<FileWords, "yes" | "no">;
}

/** Elapsed seconds as HH:MM:SS, hours going on beyond 24. */
export function durationText(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${seconds < 0 ? "-" : ""}${parts.map((part) => String(part).padStart(2, "0")).join(":")}`;
}

/** An instant in the zone with its offset, milliseconds only where there are any: 2026-01-05T10:00:00+01:00. */
export function offsetText(at: number, zone: IanaZone): string {
  return formatOffsetIso(at, zone).replace(".000", "");
}

/** An instant as a person in the zone reads it: 2026-01-05 10:00. */
export function minuteText(at: number, zone: IanaZone): string {
  return localText(at, zone).slice(0, 16);
}

/** An instant on the zone's wall, to the second: 2026-01-05 10:00:00. */
export function localText(at: number, zone: IanaZone): string {
  const local = at + Math.round(zoneOffsetMinutes(at, zone) * 60_000);
  return new Date(local).toISOString().slice(0, 19).replace("T", " ");
}

/** A cell as people read it; empty for none. */
export function cellText(kind: CellKind, value: PlainValue | undefined, { zone, words }: CellStyle): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "string") return value;
  if (kind === "instant") return localText(value, zone);
  if (kind === "decimal") return value.toFixed(2);
  return kind === "seconds" ? durationText(value) : String(value);
}
