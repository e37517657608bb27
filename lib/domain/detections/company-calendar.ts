import type { Text } from "../text";
import {
  addLocalDays,
  dayOfLocalDate,
  localDateOf,
  zonedDateTimeToInstant,
  type IanaZone,
  type LocalDate,
} from "../zones";

const MINUTE_MS = 60_000;

/** Working hours in minutes of the local day, 0 to 1,439. An end that is not after the start is the next day's. */
export interface Shift {
  from: number;
  to: number;
}

/** The shifts that begin on each weekday, Monday first; null for a free day. */
export type WeekHours = readonly (Shift | null)[];

/** Days without working hours, both included; `YYYY-MM-DD`. */
export interface Holiday {
  firstDay: LocalDate;
  lastDay: LocalDate;
  /** Every year at the same dates; then it lasts at most a year. */
  isYearly: boolean;
}

/** What holds at one place. */
export interface PlaceCalendar {
  zone: IanaZone;
  hours: WeekHours;
  /** So long before and after working hours counts as within them. */
  graceMinutes: number;
  holidays: readonly Holiday[];
}

/** Monday to Friday from eight to six: what a form begins with. */
export const USUAL_HOURS: WeekHours = Array.from({ length: 7 }, (_, day) =>
  day < 5 ? { from: 8 * 60, to: 18 * 60 } : null,
);
export const USUAL_GRACE_MINUTES = 30;

/** Whether an instant (epoch milliseconds) is in working hours or the grace time around them, ends included. */
export function isWithinHours(at: number, calendar: PlaceCalendar): boolean {
  const today = localDateOf(at, calendar.zone);
  const graceMs = calendar.graceMinutes * MINUTE_MS;
  // Yesterday's shift may go on past midnight, and tomorrow's grace time may begin today.
  return [-1, 0, 1].some((days) => {
    const shift = shiftOn(addLocalDays(today, days), calendar);
    return shift !== null && at >= shift.startsAt - graceMs && at <= shift.endsAt + graceMs;
  });
}

/** The shift that begins on the date as instants. Where clocks change, the longer reading counts. */
function shiftOn(
  date: LocalDate,
  { zone, hours, holidays }: PlaceCalendar,
): { startsAt: number; endsAt: number } | null {
  const shift = hours[weekdayOf(date)];
  if (!shift || isHoliday(date, holidays)) return null;
  const lastDate = shift.to > shift.from ? date : addLocalDays(date, 1);
  return {
    startsAt: zonedDateTimeToInstant(wallClock(date, shift.from), zone, "earlier"),
    endsAt: zonedDateTimeToInstant(wallClock(lastDate, shift.to), zone, "later"),
  };
}

/** 0 is Monday. */
export function weekdayOf(date: LocalDate): number {
  // 1970-01-01 was a Thursday.
  return (((dayOfLocalDate(date) + 3) % 7) + 7) % 7;
}

export function isHoliday(date: LocalDate, holidays: readonly Holiday[]): boolean {
  return holidays.some(({ firstDay, lastDay, isYearly }) => {
    if (!isYearly) return date >= firstDay && date <= lastDay;
    const [first, last, day] = [firstDay, lastDay, date].map((one) => one.slice(5)) as [
      string,
      string,
      string,
    ];
    return first <= last ? day >= first && day <= last : day >= first || day <= last;
  });
}

function wallClock(date: LocalDate, minutes: number) {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return { year, month, day, hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

/** An account that may work at any time, up to the end in epoch milliseconds; null for no end. */
export interface Exemption {
  accountId: number;
  endsAt: number | null;
}

/** A company's complete calendar: the one in effect for each site. */
export interface CompanyCalendar {
  /** For sites without hours of their own; null when the company has none either. */
  company: PlaceCalendar | null;
  sites: ReadonlyMap<number, PlaceCalendar>;
  exemptions: readonly Exemption[];
}

/** Whether the account was outside working hours at the site; false where no hours are set. */
export function isOutsideHours(
  { company, sites, exemptions }: CompanyCalendar,
  { at, accountId, siteId }: { at: number; accountId: number; siteId: number },
): boolean {
  const calendar = sites.get(siteId) ?? company;
  if (!calendar || isWithinHours(at, calendar)) return false;
  return !exemptions.some((one) => one.accountId === accountId && (one.endsAt === null || at < one.endsAt));
}

/** A time of day as `HH:MM`. */
export function clockText(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** The week in a few lines, neighbouring days with the same hours together: "Monday to Friday", "08:00 to 18:00". */
export function weekTexts(hours: WeekHours): { days: Text; shift: Text }[] {
  const lines: { first: number; last: number; shift: Shift | null }[] = [];
  DAYS.forEach((_, place) => {
    const shift = hours[place] ?? null;
    const line = lines.at(-1);
    if (line && isSame(line.shift, shift)) line.last = place;
    else lines.push({ first: place, last: place, shift });
  });
  return lines.map(({ first, last, shift }) => ({ days: daysText(first, last), shift: shiftText(shift) }));
}

const isSame = (one: Shift | null, other: Shift | null) => one?.from === other?.from && one?.to === other?.to;

const DAYS = [
  { key: "calendar.monday" },
  { key: "calendar.tuesday" },
  { key: "calendar.wednesday" },
  { key: "calendar.thursday" },
  { key: "calendar.friday" },
  { key: "calendar.saturday" },
  { key: "calendar.sunday" },
] as const satisfies readonly Text[];

function daysText(from: number, to: number): Text {
  const [first, last] = [DAYS[from]!, DAYS[to]!];
  if (from === to) return first;
  return { key: to === from + 1 ? "calendar.twoDays" : "calendar.dayRange", values: { first, last } };
}

/** "08:00 to 18:00", "22:00 to 06:00 the next day", "All day"; "Day off" without a shift. */
export function shiftText(shift: Shift | null): Text {
  if (!shift) return { key: "calendar.dayOff" };
  if (shift.from === shift.to && shift.from === 0) return { key: "calendar.allDay" };
  const values = { from: clockText(shift.from), to: shift.to === 0 ? "24:00" : clockText(shift.to) };
  const isNextDay = shift.to <= shift.from && shift.to !== 0;
  return { key: isNextDay ? "calendar.shiftNextDay" : "calendar.shift", values };
}
