import { zoneCalendar } from "./zone-calendar";

declare const zoneBrand: unique symbol;

/** The name of a time zone that this runtime knows, such as Europe/London. Made by {@link isIanaZone} alone. */
export type IanaZone = string & { readonly [zoneBrand]: true };

/** A calendar date, `YYYY-MM-DD`. */
export type LocalDate = string;

/** A time on the wall; months from 1. */
export interface LocalDateTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second?: number;
  millisecond?: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ZONES_REMEMBERED = 1000;

// The tz database's names without a slash. ICU also takes abbreviations such as PST or IST, which other
// programs, PostgreSQL among them, read as something else.
const SINGLE_WORD_ZONES = new Set(
  (
    "UTC GMT GMT0 GMT+0 GMT-0 UCT Zulu Universal Greenwich CET EET MET WET EST MST HST EST5EDT CST6CDT MST7MDT " +
    "PST8PDT Cuba Egypt Eire GB GB-Eire Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya NZ NZ-CHAT " +
    "Navajo PRC Poland Portugal ROC ROK Singapore Turkey W-SU"
  ).split(" "),
);
const ZONE_NAME = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*){1,2}$/;

// ICU lists some places under names the tz database gave up long ago; people look for today's.
const TODAYS_NAMES: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

const knownZones = new Set<string>();

function isKnownToIntl(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** Whether this is a time zone of the tz database that the runtime knows; older spellings count too. */
export function isIanaZone(name: unknown): name is IanaZone {
  if (typeof name !== "string" || name.length > 64) return false;
  if (knownZones.has(name)) return true;
  const isZone =
    (SINGLE_WORD_ZONES.has(name) || (ZONE_NAME.test(name) && !name.startsWith("SystemV/"))) &&
    isKnownToIntl(name);
  if (isZone && knownZones.size < ZONES_REMEMBERED) knownZones.add(name);
  return isZone;
}

/** The name as a zone. @throws RangeError when it is none. */
export function ianaZone(name: string): IanaZone {
  if (!isIanaZone(name)) throw new RangeError(`${name} isn't a known time zone`);
  return name;
}

/** Every zone to choose from, in alphabetical order, each place once and under today's name; UTC is among them. */
export function listZones(): IanaZone[] {
  const names = Intl.supportedValuesOf("timeZone").map((name) => {
    const today = TODAYS_NAMES[name];
    return today !== undefined && isIanaZone(today) ? today : name;
  });
  return [...new Set([...names, "UTC"])].filter((name) => isIanaZone(name)).toSorted();
}

/** The name as the tz database spells it, if only case and blanks around it differ; any other text as it is. */
export function zoneName(text: string): string {
  const name = text.trim();
  const folded = name.toLowerCase();
  const listed = [
    ...SINGLE_WORD_ZONES,
    ...Object.values(TODAYS_NAMES),
    ...Intl.supportedValuesOf("timeZone"),
  ];
  const known = listed.find((zone) => zone.toLowerCase() === folded);
  if (known !== undefined || isIanaZone(name)) return known ?? name;
  // Former names, such as us/pacific, are in no list; Intl reads them in any case.
  const capitalised = folded.replace(/(?<=^|[/_-])[a-z]/g, (letter) => letter.toUpperCase());
  return isIanaZone(capitalised) ? capitalised : text;
}

/** Whether the text is a date that exists, from 0101-01-01 to 9999-12-29, so that the days around it can be told too. */
export function isLocalDate(text: unknown): text is LocalDate {
  return isDateWithin(text, "0101-01-01", "9999-12-29");
}

function isDateWithin(text: unknown, first: string, last: string): text is LocalDate {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < first || text > last)
    return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Days since 1970-01-01. @throws RangeError for a date that does not exist. */
export function dayOfLocalDate(date: LocalDate): number {
  if (!isDateWithin(date, "0100-12-31", "9999-12-30")) throw new RangeError(`${String(date)} isn't a date`);
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date that many days after 1970-01-01. */
export function localDateOfDay(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The date on the wall in the zone at an instant (epoch milliseconds). */
export function localDateOf(at: number, zone: IanaZone): LocalDate {
  return localDateOfDay(zoneCalendar(zone).dayAt(at));
}

/**
 * The first instant of a local day, in epoch milliseconds.
 *
 * Where clocks skip midnight that is later than 00:00; for a date the zone never had, the start of the next one.
 */
export function startOfLocalDay(date: LocalDate, zone: IanaZone): number {
  return zoneCalendar(zone).startOfDay(dayOfLocalDate(date));
}

/** The date that many calendar days later; a negative number goes back. */
export function addLocalDays(date: LocalDate, days: number): LocalDate {
  return localDateOfDay(dayOfLocalDate(date) + days);
}

function readLocal(local: LocalDateTime): number {
  const { year, month, day, hour, minute, second = 0, millisecond = 0 } = local;
  const at = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const read = new Date(at);
  const isSame =
    read.getUTCFullYear() === year &&
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === day &&
    read.getUTCHours() === hour &&
    read.getUTCMinutes() === minute &&
    read.getUTCSeconds() === second &&
    read.getUTCMilliseconds() === millisecond;
  if (!isSame) throw new RangeError("This date or time of day doesn't exist");
  return at;
}

/** The offsets that hold within a day of a local time read as UTC, which covers every instant it may mean. */
function offsetsAround(localAsUtc: number, zone: IanaZone): number[] {
  const calendar = zoneCalendar(zone);
  const until = localAsUtc + DAY_MS;
  const offsets: number[] = [];
  for (let at = localAsUtc - DAY_MS; at <= until; at = calendar.nextOffsetChange(at, until)) {
    offsets.push(calendar.offsetMsAt(at));
  }
  return offsets;
}

/**
 * Every instant at which the zone's clocks show this time, earliest first: one as a rule, two in an hour that is
 * repeated, none in one that is skipped. @throws RangeError for a date or time of day that does not exist.
 */
export function instantsOfLocal(local: LocalDateTime, zone: IanaZone): number[] {
  const localAsUtc = readLocal(local);
  const calendar = zoneCalendar(zone);
  const instants = offsetsAround(localAsUtc, zone)
    .map((offset) => localAsUtc - offset)
    .filter((at) => at + calendar.offsetMsAt(at) === localAsUtc);
  return [...new Set(instants)].toSorted((a, b) => a - b);
}

/**
 * The instant (epoch milliseconds) of a time on the wall.
 *
 * `which` decides where the clocks show it twice. Where they skip it, `later` moves it on by the length of the
 * gap and `earlier` back, as Temporal does. @throws RangeError for a date or time of day that does not exist.
 */
export function zonedDateTimeToInstant(
  local: LocalDateTime,
  zone: IanaZone,
  which: "earlier" | "later",
): number {
  const instants = instantsOfLocal(local, zone);
  const exact = which === "earlier" ? instants[0] : instants.at(-1);
  if (exact !== undefined) return exact;
  const localAsUtc = readLocal(local);
  const offsets = offsetsAround(localAsUtc, zone);
  return localAsUtc - (which === "earlier" ? Math.max(...offsets) : Math.min(...offsets));
}

/** Minutes ahead of UTC at an instant; negative to the west. */
export function zoneOffsetMinutes(at: number, zone: IanaZone): number {
  return zoneCalendar(zone).offsetMsAt(at) / MINUTE_MS;
}

/** The instant as ISO 8601 with milliseconds and the zone's offset, such as 2026-01-05T10:00:00.000+01:00. */
export function formatOffsetIso(at: number, zone: IanaZone): string {
  const minutes = Math.round(zoneOffsetMinutes(at, zone));
  const size = Math.abs(minutes);
  const hour = String(Math.floor(size / 60)).padStart(2, "0");
  const minute = String(size % 60).padStart(2, "0");
  const local = new Date(at + minutes * MINUTE_MS).toISOString().slice(0, -1);
  return `${local}${minutes < 0 ? "-" : "+"}${hour}:${minute}`;
}
