import { zoneCalendar } from "./zone-calendar";
import { formatOffsetIso, type IanaZone } from "./zones";

/** A stretch of time in which a zone keeps its offset, epoch milliseconds, `to` not included. */
export interface OffsetStretch {
  from: number;
  to: number;
  /** Whole minutes ahead of UTC, as instants are written. */
  offsetMinutes: number;
  /** The end of an instant's text: +01:00. */
  suffix: string;
}

/** The stretches of the zone from one instant to another, oldest first, a year's work at a time. */
export function* offsetStretches(zone: IanaZone, from: number, to: number): Generator<OffsetStretch> {
  const calendar = zoneCalendar(zone);
  for (let at = from; at < to;) {
    const yearEnd = Date.UTC(new Date(at).getUTCFullYear() + 1, 0, 1);
    const end = Math.min(calendar.nextOffsetChange(at, at), yearEnd, to);
    const offsetMinutes = Math.round(calendar.offsetMsAt(at) / 60_000);
    yield { from: at, to: end, offsetMinutes, suffix: formatOffsetIso(at, zone).slice(-6) };
    at = end;
  }
}
