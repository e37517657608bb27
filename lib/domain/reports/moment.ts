import { z } from "zod";
import { isLocalDate, zonedDateTimeToInstant, type IanaZone } from "../zones";

const MOMENT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

function isMoment(text: string): boolean {
  const found = MOMENT.exec(text);
  if (!found || !isLocalDate(found[1]) || text < "2000" || text >= "9999") return false;
  return found[5] === undefined || !Number.isNaN(Date.parse(text));
}

/** A moment of an address: an instant, or a time on the wall of the zone. */
export const momentParam = z
  .string()
  .refine(
    isMoment,
    "must be an instant such as 2026-01-05T14:30:00Z, or a time of the zone such as 2026-01-05T14:30, from the year 2000 on",
  )
  .meta({
    description:
      "The time: an instant, or a local time in the time zone (the earlier one if the clocks show it twice). The default is now.",
    examples: ["2026-01-05T14:30:00Z", "2026-01-05T14:30"],
  });

/** The instant, epoch milliseconds, of a text that the parameter lets through. */
export function momentOf(text: string, zone: IanaZone): number {
  const [, date, hour, minute, second, offset] = MOMENT.exec(text)!;
  if (offset !== undefined) return Date.parse(text);
  const [year, month, day] = date!.split("-").map(Number) as [number, number, number];
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) };
  return zonedDateTimeToInstant({ year, month, day, ...clock }, zone, "earlier");
}
