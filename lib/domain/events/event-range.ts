import type { TextKey } from "../text";
import { presetRange, REPORT_PRESET_TEXT, REPORT_PRESETS } from "../reports/report-range";
import { localDateOf, type IanaZone } from "../zones";

/** The ranges offered by name. Hours are elapsed time; days and months are those of the view's calendar, today included. */
export const RANGE_PRESETS = ["48h", ...REPORT_PRESETS] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];
export const DEFAULT_RANGE_PRESET: RangePreset = "48h";

export const RANGE_TEXT: Readonly<Record<RangePreset, TextKey>> = {
  "48h": "lists.last48Hours",
  ...REPORT_PRESET_TEXT,
};

/** A range as chosen: by name, or from one whole minute to another, both epoch milliseconds, `to` not included. */
export type EventRange = { preset: RangePreset } | { from: number; to: number | null };

/** Every event there can be: an earlier one is refused, and no address tells an earlier minute. */
export const ALL_TIME = { from: Date.UTC(2000, 0, 1), to: null } as const satisfies EventRange;

/** From `from` on and before `to`, epoch milliseconds; null = without end. */
export interface ResolvedRange {
  from: number;
  to: number | null;
}

const HOUR_MS = 3_600_000;

/**
 * The instants a chosen range stands for now, in the zone of the screen.
 *
 * A range that reaches the present has no end: an agent's clock may be ahead of ours, and its newest events
 * must not be missing from the list. Hours are elapsed hours, also when the clocks change; days and months
 * begin at local midnight.
 */
export function resolveRange(range: EventRange, now: number, zone: IanaZone): ResolvedRange {
  if (!("preset" in range)) return range;
  if (range.preset === "48h") return { from: now - 48 * HOUR_MS, to: null };
  const { from, to } = presetRange(range.preset, localDateOf(now, zone), zone);
  return { from, to: reachesPresent(range, now) ? null : to };
}

/** Whether new events can appear in the range: all but those that end in the past. */
export function reachesPresent(range: EventRange, now: number): boolean {
  if ("preset" in range) return range.preset !== "yesterday" && range.preset !== "last-month";
  return range.to === null || range.to > now;
}

/** An instant to the minute in UTC, as in addresses: 2026-01-05T10:00Z. */
export function formatMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

const MINUTE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\dZ$/;

/** Reads what formatMinute writes, years 2000 to 9998; null for anything else, also a date that does not exist. */
export function parseMinute(text: string): number | null {
  if (!MINUTE.test(text) || text < "2000" || text >= "9999") return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || formatMinute(at) !== text ? null : at;
}
