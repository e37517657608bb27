import { formatNumber } from "@/components/ui/format-number";
import { ianaZone, zoneOffsetMinutes } from "@/lib/domain/zones";
import { dateOrder, readerLocale } from "@/lib/reader";
import { TIME_WORDS, type TimeUnit, type TimeWords } from "@/messages/time-words";

export type TimePrecision = "minute" | "second" | "millisecond";

const words = (): TimeWords => TIME_WORDS[readerLocale()];

const two = (number: number) => String(number).padStart(2, "0");

/**
 * The wall clock of a zone at an instant, as a Date whose UTC fields read as local time.
 *
 * Written out by hand from those fields, so that server and browser agree to the letter: their Intl data differ.
 */
function wallClock(at: number, zone: string): Date {
  return new Date(at + Math.round(zoneOffsetMinutes(at, ianaZone(zone)) * 60_000));
}

function clock(wall: Date, precision: TimePrecision): string {
  const minute = `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
  if (precision === "minute") return minute;
  const second = `${minute}:${two(wall.getUTCSeconds())}`;
  return precision === "second" ? second : `${second}.${String(wall.getUTCMilliseconds()).padStart(3, "0")}`;
}

/** `14:30:05` in the zone; `at` in epoch milliseconds, as everywhere here. */
export function formatTime(at: number, zone: string, precision: TimePrecision = "second"): string {
  return clock(wallClock(at, zone), precision);
}

/** `25 May 2025`, `May 25, 2025`, `2025-05-25` or `25. Mai 2025`, as the reader writes dates. */
export function formatDate(at: number, zone: string): string {
  return dateWords(wallClock(at, zone));
}

/** The same of a date by itself, `YYYY-MM-DD`. */
export function formatLocalDate(date: string): string {
  return dateWords(new Date(`${date}T00:00:00Z`));
}

/** With its weekday: `Sun 25 May 2025`, `Sun, May 25, 2025` or `Sun 2025-05-25`. */
export function formatLocalDay(date: string): string {
  const wall = new Date(`${date}T00:00:00Z`);
  return `${words().weekdays[wall.getUTCDay()]}${dateOrder() === "mdy" ? "," : ""} ${dateWords(wall)}`;
}

function dateWords(wall: Date): string {
  const { months, day } = words();
  const month = months[wall.getUTCMonth()]!;
  const order = dateOrder();
  if (order === "ymd") return wall.toISOString().slice(0, 10);
  return order === "mdy"
    ? `${month} ${wall.getUTCDate()}, ${wall.getUTCFullYear()}`
    : `${day(wall.getUTCDate(), month)} ${wall.getUTCFullYear()}`;
}

/** `Sun 25 May`, `Sun, May 25` or `Sun 05-25`. */
export function formatDay(at: number, zone: string): string {
  const wall = wallClock(at, zone);
  const { weekdays, months, day: dayOf } = words();
  const weekday = weekdays[wall.getUTCDay()];
  const [month, day] = [months[wall.getUTCMonth()]!, wall.getUTCDate()];
  const order = dateOrder();
  if (order === "ymd") return `${weekday} ${wall.toISOString().slice(5, 10)}`;
  return order === "mdy" ? `${weekday}, ${month} ${day}` : `${weekday} ${dayOf(day, month)}`;
}

/** `25 May 2025, 14:30:05`, `May 25, 2025, 14:30:05` or `2025-05-25 14:30:05`. */
export function formatDateTime(at: number, zone: string, precision: TimePrecision = "second"): string {
  const between = dateOrder() === "ymd" ? " " : ", ";
  return `${formatDate(at, zone)}${between}${formatTime(at, zone, precision)}`;
}

/** `2025-05-25 14:30:05` for every reader: what fields hold and addresses carry. */
export function formatSortable(at: number, zone: string, precision: TimePrecision = "second"): string {
  const wall = wallClock(at, zone);
  return `${wall.toISOString().slice(0, 10)} ${clock(wall, precision)}`;
}

/** `UTC+1`, `UTC−3:30`, `UTC` at an instant. */
export function formatOffset(at: number, zone: string): string {
  const minutes = Math.round(zoneOffsetMinutes(at, ianaZone(zone)));
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? "" : `:${two(size % 60)}`;
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${rest}`;
}

/** `7 h 32 min`, `32 min`, `45 s`, `0 min` of whole seconds; minutes are cut off, never rounded up. */
export function formatDuration(seconds: number): string {
  const { hours: h, minutes: min, seconds: s } = words();
  if (seconds > 0 && seconds < 60) return `${Math.floor(seconds)} ${s}`;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} ${min}`;
  return `${formatNumber(hours)} ${h} ${minutes % 60} ${min}`;
}

const JUST_NOW_SECONDS = 45;
const STEPS: readonly { seconds: number; unit: number; name: TimeUnit }[] = [
  { seconds: 3600, unit: 60, name: "minute" },
  { seconds: 86_400, unit: 3600, name: "hour" },
  { seconds: 86_400 * 60, unit: 86_400, name: "day" },
  { seconds: 86_400 * 730, unit: 86_400 * 30.44, name: "month" },
  { seconds: Infinity, unit: 86_400 * 365.25, name: "year" },
];

/** As formatRelative; what cannot be ahead of now but by a wrong clock reads `just now`. */
export function formatAgo(at: number, now: number): string {
  return formatRelative(Math.min(at, now), now);
}

/** How long before now, without "ago": `3 min`, `2 days`; the shortest is `1 min`. */
export function formatAge(at: number, now: number): string {
  const seconds = Math.max(60, (now - at) / 1000);
  return countOf(seconds, words().age);
}

function countOf(seconds: number, units: TimeWords["age"]): string {
  const step = STEPS.find((candidate) => seconds < candidate.seconds)!;
  const count = Math.max(1, Math.floor(seconds / step.unit));
  return `${count} ${units[step.name][count === 1 ? 0 : 1]}`;
}

/** `just now`, `3 min ago`, `2 days ago`, and `in 7 min` for what is still to come. */
export function formatRelative(at: number, now: number): string {
  const seconds = (now - at) / 1000;
  const size = Math.abs(seconds);
  const { justNow, ago, ahead, distance } = words();
  if (size < JUST_NOW_SECONDS) return justNow;
  return seconds > 0 ? ago(countOf(size, distance)) : ahead(countOf(size, distance));
}
