import { formatMinute } from "@/lib/domain/events/event-range";
import { isMoment, momentOf } from "@/lib/domain/reports/moment";
import { ianaZone } from "@/lib/domain/zones";

/** The moment of a date and time of the zone as an address has it, in UTC; null for text that is none. */
export function typedMoment(typed: unknown, zone: string): string | null {
  return typeof typed === "string" && isMoment(typed) ? formatMinute(momentOf(typed, ianaZone(zone))) : null;
}

/** The same of a field that shows something else than its page does, whose text another page would forget; null if not. */
export function changedMoment(typed: unknown, shown: string, zone: string): string | null {
  return typed === shown ? null : typedMoment(typed, zone);
}
