import { zonedDateTimeToInstant, instantsOfLocal, type IanaZone, type LocalDateTime } from "../zones";
import { zoneCalendar } from "../zone-calendar";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A stored time: what the clock on the wall showed, read as if it were UTC, in epoch milliseconds. */
export interface StoredTime {
  local: number;
  /** Minutes ahead of UTC where the database kept an offset, which the original itself never does. */
  offsetMinutes: number | null;
}

const STORED_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** Reads a time as the four databases spell it, cut to milliseconds; null for anything else and impossible dates. */
export function parseStoredTime(text: string): StoredTime | null {
  const found = STORED_TIME.exec(text.trim());
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [number, ...number[]];
  const millisecond = Number((found[7] ?? "").padEnd(3, "0").slice(0, 3));
  const local = Date.UTC(year, month! - 1, day, hour, minute, second, millisecond);
  const read = new Date(local);
  const isReal =
    read.getUTCFullYear() === year &&
    read.getUTCMonth() === month! - 1 &&
    read.getUTCDate() === day &&
    read.getUTCHours() === hour &&
    read.getUTCMinutes() === minute &&
    read.getUTCSeconds() === second;
  return isReal ? { local, offsetMinutes: readOffset(found[8]) } : null;
}

function readOffset(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text === "Z") return 0;
  const [, sign, hours, minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(text)!;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** What a stored time means in a zone: one instant, two where the hour is repeated, or a time the clocks skipped. */
export type Meaning =
  | { is: "exact"; at: number }
  | { is: "repeated"; earlier: number; later: number }
  /** `at` is as far behind the change as the wall clock said, so that lengths stay true. */
  | { is: "skipped"; at: number };

/** Years outside these are not times of a computer's life, and zones have no rules for them. */
const FIRST_LOCAL = Date.UTC(1970, 0, 3);
const LAST_LOCAL = Date.UTC(9990, 0, 1);

export function meaningOf({ local, offsetMinutes }: StoredTime, zone: IanaZone): Meaning {
  if (offsetMinutes !== null) return { is: "exact", at: local - offsetMinutes * MINUTE_MS };
  if (local < FIRST_LOCAL || local > LAST_LOCAL) return { is: "exact", at: local };
  const calendar = zoneCalendar(zone);
  const before = calendar.offsetMsAt(local - DAY_MS);
  if (calendar.nextOffsetChange(local - DAY_MS, local + DAY_MS) > local + DAY_MS)
    return { is: "exact", at: local - before };
  const wall = localOf(local);
  const instants = instantsOfLocal(wall, zone);
  if (instants.length === 0) return { is: "skipped", at: zonedDateTimeToInstant(wall, zone, "later") };
  if (instants.length === 1) return { is: "exact", at: instants[0]! };
  return { is: "repeated", earlier: instants[0]!, later: instants.at(-1)! };
}

function localOf(local: number): LocalDateTime {
  const at = new Date(local);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    millisecond: at.getUTCMilliseconds(),
  };
}
