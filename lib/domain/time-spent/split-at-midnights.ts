import { zoneCalendar, type DaySpan, type ZoneCalendar } from "../zone-calendar";
import { localDateOfDay, type IanaZone, type LocalDate } from "../zones";

/** The part of a stretch that lies in one local day; epoch milliseconds. */
export interface DayPiece {
  date: LocalDate;
  from: number;
  to: number;
}

/** Finds the local day of instants (epoch milliseconds), without a new search when they mostly follow each other. */
export class DayCursor implements DaySpan {
  /** The day sought last, numbered from 1970-01-01. */
  day = 0;
  from = Infinity;
  end = -Infinity;
  readonly #calendar: ZoneCalendar;

  constructor(calendar: ZoneCalendar) {
    this.#calendar = calendar;
  }

  seek(at: number): void {
    if (at < this.from || at >= this.end) this.#calendar.findDay(at, this);
  }
}

/** Visits the parts of a span by local day, oldest first. */
function eachDayPiece(
  cursor: DayCursor,
  from: number,
  to: number,
  visit: (day: number, from: number, to: number) => void,
): void {
  for (let start = from; start < to;) {
    cursor.seek(start);
    const end = Math.min(cursor.end, to);
    visit(cursor.day, start, end);
    start = end;
  }
}

/**
 * Cuts a stretch of time at the zone's midnights, oldest piece first; none for an empty stretch.
 *
 * A day is 23 or 25 hours long when the clocks change, so the cuts come from the calendar, never from adding 24
 * hours, and pieces are measured in elapsed time.
 */
export function splitAtMidnights(stretch: { from: number; to: number }, zone: IanaZone): DayPiece[] {
  const pieces: DayPiece[] = [];
  eachDayPiece(new DayCursor(zoneCalendar(zone)), stretch.from, stretch.to, (day, from, to) => {
    pieces.push({ date: localDateOfDay(day), from, to });
  });
  return pieces;
}
