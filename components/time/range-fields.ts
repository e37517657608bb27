import type { useTranslations } from "next-intl";
import { ianaZone, isLocalDate, type LocalDateTime, zonedDateTimeToInstant } from "@/lib/domain/zones";
import { formatDate, formatSortable, formatTime } from "./format";

/** From `from` on and before `to`, epoch milliseconds at whole minutes; `to` null: no end. */
export interface TimeSpan {
  from: number;
  to: number | null;
}

/** A range as a person chooses it: by name, or from one minute to another. */
export type RangeValue<Preset extends string = string> = { preset: Preset } | TimeSpan;

export interface RangePresetChoice<Preset extends string = string> {
  id: Preset;
  label: string;
}

/** What the two pairs of fields hold: `YYYY-MM-DD` and `HH:mm` on the zone's wall clock, both minutes included. */
export interface RangeFields {
  fromDate: string;
  fromTime: string;
  toDate: string;
  toTime: string;
  hasNoEnd: boolean;
}

/** Keys of what is wrong, by field. */
export type RangeFieldErrors = Partial<
  Record<"from" | "to", "fromMissing" | "fromTooEarly" | "toMissing" | "toTooEarly">
>;

const MINUTE = 60_000;
const EARLIEST = "2000-01-01";

/** A span as fields. Without a span, the whole of today. */
export function fieldsOfSpan(span: TimeSpan | undefined, now: number, zone: string): RangeFields {
  const today = formatSortable(now, zone).slice(0, 10);
  if (!span) return { fromDate: today, fromTime: "00:00", toDate: today, toTime: "23:59", hasNoEnd: false };
  const [fromDate = "", fromTime = ""] = formatSortable(span.from, zone, "minute").split(" ");
  const [toDate = "", toTime = ""] = formatSortable(
    span.to === null ? now : span.to - MINUTE,
    zone,
    "minute",
  ).split(" ");
  return { fromDate, fromTime, toDate, toTime, hasNoEnd: span.to === null };
}

function readMinute(date: string, time: string): LocalDateTime | null {
  const clock = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time);
  if (!isLocalDate(date) || !clock) return null;
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return { year, month, day, hour: Number(clock[1]), minute: Number(clock[2]) };
}

/**
 * The span that the fields mean in the zone, or what is wrong with them.
 *
 * A minute that the clocks show twice counts from its first showing to its last, one that they skip is moved outwards:
 * nothing of what was asked for is left out.
 */
export function spanOfFields(
  fields: RangeFields,
  zone: string,
): { span: TimeSpan } | { errors: RangeFieldErrors } {
  const from = readMinute(fields.fromDate, fields.fromTime);
  const to = readMinute(fields.toDate, fields.toTime);
  if (!from) return { errors: { from: "fromMissing" } };
  if (fields.fromDate < EARLIEST) return { errors: { from: "fromTooEarly" } };
  const start = zonedDateTimeToInstant(from, ianaZone(zone), "earlier");
  if (fields.hasNoEnd) return { span: { from: start, to: null } };
  if (!to) return { errors: { to: "toMissing" } };
  const end = zonedDateTimeToInstant(to, ianaZone(zone), "later") + MINUTE;
  if (end <= start) return { errors: { to: "toTooEarly" } };
  return { span: { from: start, to: end } };
}

/** The range in words: its name, or `25 May 2025, 09:00 – 17:30`; whole days without their times. */
export function describeRange<Preset extends string>(
  t: ReturnType<typeof useTranslations<"lists">>,
  value: RangeValue<Preset>,
  presets: readonly RangePresetChoice<Preset>[],
  zone: string,
): string {
  if ("preset" in value) return presets.find(({ id }) => id === value.preset)?.label ?? value.preset;
  const fromTime = formatTime(value.from, zone, "minute");
  const fromDate = formatDate(value.from, zone);
  if (value.to === null) {
    return t("since", { start: fromTime === "00:00" ? fromDate : `${fromDate}, ${fromTime}` });
  }
  const last = value.to - MINUTE;
  const toTime = formatTime(last, zone, "minute");
  const toDate = formatDate(last, zone);
  const isWholeDays = fromTime === "00:00" && toTime === "23:59";
  if (isWholeDays) return fromDate === toDate ? fromDate : `${fromDate} – ${toDate}`;
  return fromDate === toDate
    ? `${fromDate}, ${fromTime} – ${toTime}`
    : `${fromDate}, ${fromTime} – ${toDate}, ${toTime}`;
}
