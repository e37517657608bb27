import { DayCursor } from "@/lib/domain/time-spent/day-cursor";
import { zoneCalendar } from "@/lib/domain/zone-calendar";
import { localDateOfDay, type IanaZone, type LocalDate } from "@/lib/domain/zones";

/** The part of a stretch that lies in one local day; epoch milliseconds. */
interface DayPiece {
  date: LocalDate;
  from: number;
  to: number;
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
