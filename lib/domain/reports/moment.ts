import { isLocalDate, zonedDateTimeToInstant, type IanaZone } from "../zones";

const MOMENT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Whether the text is a moment as an address has it. */
export function isMoment(text: string): boolean {
  const found = MOMENT.exec(text);
  if (!found || !isLocalDate(found[1]) || text < "2000" || text >= "9999") return false;
  return found[5] === undefined || !Number.isNaN(Date.parse(text));
}

/** The instant, epoch milliseconds, of such a text. */
export function momentOf(text: string, zone: IanaZone): number {
  const [, date, hour, minute, second, offset] = MOMENT.exec(text)!;
  if (offset !== undefined) return Date.parse(text);
  const [year, month, day] = date!.split("-").map(Number) as [number, number, number];
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) };
  return zonedDateTimeToInstant({ year, month, day, ...clock }, zone, "earlier");
}
