/** An instant in epoch milliseconds, or the sentence that tells the agent's author what is wrong. */
export type TimestampResult = { ok: true; at: number; isSkewed: boolean } | { ok: false; message: string };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const EARLIEST_AT = Date.UTC(2000, 0, 1);
const FUTURE_LIMIT_MS = DAY_MS;
const SKEW_LIMIT_MS = 5 * MINUTE_MS;
/** Numbers below this are seconds, from here on milliseconds (seconds reach it in the year 5138). */
const MILLISECONDS_FROM = 1e11;
const TEXT_LIMIT = 64;

const UNREADABLE =
  "Timestamp must be an RFC 3339 time such as 2025-05-25T14:30:00Z, or Unix seconds or milliseconds";

const CODE_0 = 48;
const CODE_SPACE = 32;
const CODE_COLON = 58;
const CODE_DASH = 45;
const CODE_PLUS = 43;
const CODE_POINT = 46;

/** The digit at `index`, or -1. */
function digitAt(text: string, index: number): number {
  const digit = text.charCodeAt(index) - CODE_0;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** The two digits at `index` as a number, or -1. */
function twoDigits(text: string, index: number): number {
  const tens = digitAt(text, index);
  const ones = digitAt(text, index + 1);
  return tens >= 0 && ones >= 0 ? tens * 10 + ones : -1;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Epoch milliseconds of the date at the start of the text, NaN when it is none or never happened. */
function readDate(text: string): number {
  const century = twoDigits(text, 0);
  const rest = twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (century < 0 || rest < 0 || text.charCodeAt(4) !== CODE_DASH || text.charCodeAt(7) !== CODE_DASH)
    return NaN;
  const year = century * 100 + rest;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; any year before 2000 is refused by the caller alike.
  return Date.UTC(Math.max(year, 1000), month - 1, day);
}

/** Milliseconds since midnight of the clock time at `index` (`hh:mm:ss`), NaN when it is none. */
function readClock(text: string, index: number): number {
  const hour = twoDigits(text, index);
  const minute = twoDigits(text, index + 3);
  const second = twoDigits(text, index + 6);
  if (text.charCodeAt(index + 2) !== CODE_COLON || text.charCodeAt(index + 5) !== CODE_COLON) return NaN;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return NaN;
  return hour * HOUR_MS + minute * MINUTE_MS + second * 1000;
}

/** Offset of `±hh:mm` or `±hhmm` up to 23:59 in milliseconds, NaN when the text is neither. */
function readNumericOffset(zone: string): number {
  const sign = zone.charCodeAt(0);
  if (sign !== CODE_PLUS && sign !== CODE_DASH) return NaN;
  const hasColon = zone.charCodeAt(3) === CODE_COLON;
  if (zone.length !== (hasColon ? 6 : 5)) return NaN;
  const hour = twoDigits(zone, 1);
  const minute = twoDigits(zone, hasColon ? 4 : 3);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return NaN;
  const offset = hour * HOUR_MS + minute * MINUTE_MS;
  return sign === CODE_DASH ? -offset : offset;
}

function readZone(zone: string): number {
  if (zone === "Z" || zone === "z") return 0;
  if (zone.length !== 3) return readNumericOffset(zone);
  const name = zone.toUpperCase();
  if (name === "UTC" || name === "GMT") return 0;
  return name === "BST" ? HOUR_MS : NaN;
}

/** Where the fraction after the seconds ends (19 when there is none), -1 when it has no or too many digits. */
function endOfFraction(text: string): number {
  if (text.charCodeAt(19) !== CODE_POINT) return 19;
  let end = 20;
  while (digitAt(text, end) >= 0) end += 1;
  return end === 20 || end > 29 ? -1 : end;
}

/** Whole milliseconds of the fraction that ends at `end`; finer digits are cut off. */
function readFraction(text: string, end: number): number {
  let fraction = 0;
  if (end > 20) fraction += 100 * digitAt(text, 20);
  if (end > 21) fraction += 10 * digitAt(text, 21);
  if (end > 22) fraction += digitAt(text, 22);
  return fraction;
}

/** Epoch milliseconds of the text, NaN when it is not one of the accepted forms or an impossible time. */
function readText(text: string): number {
  if (text.length < 19 || text.length > TEXT_LIMIT) return NaN;
  const separator = text.charAt(10);
  if (separator !== "T" && separator !== "t" && separator !== " ") return NaN;
  const local = readDate(text) + readClock(text, 11);
  let index = endOfFraction(text);
  if (Number.isNaN(local) || index < 0) return NaN;
  const at = local + readFraction(text, index);
  if (index === text.length) return at;
  while (text.charCodeAt(index) === CODE_SPACE) index += 1;
  return at - readZone(text.slice(index));
}

/** Epoch milliseconds of Unix seconds (fractions are truncated) or milliseconds. */
function readNumber(value: number): number {
  if (!Number.isFinite(value)) return NaN;
  if (Math.abs(value) >= MILLISECONDS_FROM) return Math.floor(value);
  if (Number.isInteger(value)) return value * 1000;
  // The decimal text is what the agent wrote; multiplying the double could lose its last millisecond.
  const [whole, decimals = ""] = String(value).split(".");
  return value < 0
    ? Math.floor(value * 1000)
    : Number(whole) * 1000 + Number(decimals.slice(0, 3).padEnd(3, "0"));
}

/**
 * Reads a `Timestamp` in any form the contract accepts, as epoch milliseconds (finer digits are cut off).
 *
 * A time without a zone is UTC. Refused: everything else, impossible dates and clock times (24:00 and leap
 * seconds too), before 2000-01-01 UTC, more than 24 h after `now`. `isSkewed`: more than 5 minutes after `now`.
 */
export function parseTimestamp(value: unknown, now: Date | number): TimestampResult {
  if (value === undefined || value === null || value === "")
    return { ok: false, message: "Timestamp is required" };
  let at = NaN;
  if (typeof value === "string") at = readText(value);
  else if (typeof value === "number") at = readNumber(value);
  if (Number.isNaN(at)) return { ok: false, message: UNREADABLE };
  if (at < EARLIEST_AT) return { ok: false, message: "Timestamp must not be before 2000-01-01" };
  const ahead = at - Number(now);
  if (ahead > FUTURE_LIMIT_MS) {
    return { ok: false, message: "Timestamp must not be more than 24 hours in the future" };
  }
  return { ok: true, at, isSkewed: ahead > SKEW_LIMIT_MS };
}
