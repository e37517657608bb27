import { addLocalDays, localDateOf, zonedDateTimeToInstant, type IanaZone, type LocalDate } from "../zones";

/** Minutes of the local day, 0 to 1439, never equal. They end the next day when `to` is before `from`. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}

/** What a form offers: 22:00 to 07:00. */
export const USUAL_QUIET: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };

/**
 * When quiet hours that hold at the instant end (epoch milliseconds); null when none hold.
 *
 * Both ends are times on the wall of the zone. Where clocks show an end twice the quiet time is the longer one, so
 * that nothing is ever sent while the wall shows a quiet time.
 */
export function quietUntil(at: number, quiet: QuietHours | null, zone: IanaZone): number | null {
  if (!quiet) return null;
  const today = localDateOf(at, zone);
  let until: number | null = null;
  for (const date of [addLocalDays(today, -1), today]) {
    const { start, end } = quietOn(date, quiet, zone);
    if (start <= at && at < end) until = Math.max(until ?? 0, end);
  }
  return until;
}

function quietOn(date: LocalDate, { fromMinute, toMinute }: QuietHours, zone: IanaZone) {
  const endDate = toMinute > fromMinute ? date : addLocalDays(date, 1);
  return {
    start: instantOf(date, fromMinute, zone, "earlier"),
    end: instantOf(endDate, toMinute, zone, "later"),
  };
}

function instantOf(date: LocalDate, minuteOfDay: number, zone: IanaZone, which: "earlier" | "later"): number {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const local = { year, month, day, hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 };
  return zonedDateTimeToInstant(local, zone, which);
}
