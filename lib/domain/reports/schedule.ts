import { zoneCalendar } from "../zone-calendar";
import { addLocalDays, dayOfLocalDate, localDateOf, type IanaZone, type LocalDate } from "../zones";

/** When a report goes out, on the clocks of the company's zone. */
export type ReportSchedule = { hour: number; minute: number } & (
  | { kind: "daily" }
  /** 1 is Monday, 7 Sunday. */
  | { kind: "weekly"; weekday: number }
  /** From 1 to 28, or the month's last day. */
  | { kind: "monthly"; day: number | "last" }
);

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** More days than any schedule leaves out, with one that a zone skipped. */
const DAYS_AHEAD = 64;

/**
 * The first instant after `after` at which the schedule is due; both epoch milliseconds.
 *
 * A clock change neither skips nor doubles one: a time that the clocks skip counts at the instant they jump over it,
 * and one they show twice counts the first time.
 */
export function nextDueAt(schedule: ReportSchedule, after: number, zone: IanaZone): number {
  let date = addLocalDays(localDateOf(after, zone), -1);
  for (let days = 0; days < DAYS_AHEAD; days += 1, date = addLocalDays(date, 1)) {
    if (!isDueOn(schedule, date)) continue;
    const at = firstInstantAt(date, schedule, zone);
    if (at > after) return at;
  }
  throw new RangeError("The schedule is never due.");
}

function isDueOn(schedule: ReportSchedule, date: LocalDate): boolean {
  if (schedule.kind === "daily") return true;
  // 1970-01-01 was a Thursday.
  if (schedule.kind === "weekly") return ((dayOfLocalDate(date) + 3) % 7) + 1 === schedule.weekday;
  if (schedule.day === "last") return addLocalDays(date, 1).endsWith("-01");
  return Number(date.slice(8)) === schedule.day;
}

/** The first instant at which the zone's clocks show the time on that date or have passed it. */
function firstInstantAt(date: LocalDate, { hour, minute }: ReportSchedule, zone: IanaZone): number {
  const wanted = dayOfLocalDate(date) * DAY_MS + (hour * 60 + minute) * MINUTE_MS;
  const calendar = zoneCalendar(zone);
  // No offset reaches a day, so the clocks of every zone are short of it a day before and past it a day after.
  let from = wanted - DAY_MS;
  for (;;) {
    const until = calendar.nextOffsetChange(from, wanted + DAY_MS);
    const at = Math.max(from, wanted - calendar.offsetMsAt(from));
    if (at < until) return at;
    from = until;
  }
}
