import type { TextKey } from "../text";
import { addLocalDays, localDateOf, startOfLocalDay, type IanaZone } from "../zones";

/** The ranges offered by name. Hours are elapsed time; days and months are those of the view's calendar, today included. */
export const RANGE_PRESETS = ["48h", "today", "yesterday", "7d", "30d", "this-month", "last-month"] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];
export const DEFAULT_RANGE_PRESET: RangePreset = "48h";

export const RANGE_TEXT: Readonly<Record<RangePreset, TextKey>> = {
  "48h": "lists.last48Hours",
  today: "lists.today",
  yesterday: "lists.yesterday",
  "7d": "lists.last7Days",
  "30d": "lists.last30Days",
  "this-month": "lists.thisMonth",
  "last-month": "lists.lastMonth",
};

/** A range as chosen: by name, or from one whole minute to another, both epoch milliseconds, `to` not included. */
export type EventRange = { preset: RangePreset } | { from: number; to: number | null };

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
  const today = localDateOf(now, zone);
  const firstOfMonth = `${today.slice(0, 8)}01`;
  switch (range.preset) {
    case "48h":
      return { from: now - 48 * HOUR_MS, to: null };
    case "7d":
      return { from: startOfLocalDay(addLocalDays(today, -6), zone), to: null };
    case "30d":
      return { from: startOfLocalDay(addLocalDays(today, -29), zone), to: null };
    case "today":
      return { from: startOfLocalDay(today, zone), to: null };
    case "yesterday":
      return { from: startOfLocalDay(addLocalDays(today, -1), zone), to: startOfLocalDay(today, zone) };
    case "this-month":
      return { from: startOfLocalDay(firstOfMonth, zone), to: null };
    case "last-month": {
      const lastOfPrevious = addLocalDays(firstOfMonth, -1);
      return {
        from: startOfLocalDay(`${lastOfPrevious.slice(0, 8)}01`, zone),
        to: startOfLocalDay(firstOfMonth, zone),
      };
    }
  }
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
