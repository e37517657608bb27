import type { DaySpan, ZoneCalendar } from "../zone-calendar";

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
