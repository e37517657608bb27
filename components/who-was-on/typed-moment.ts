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

/**
 * The moment of the page that "Show" leads to: `at` (epoch milliseconds), the one that is shown, if its text still
 * stands there. In an hour that comes twice the text alone would mean the earlier one.
 */
export function momentToShow(
  typed: unknown,
  shown: { text: string; at: number },
  zone: string,
): string | null {
  return typed === shown.text ? formatMinute(shown.at) : typedMoment(typed, zone);
}

/** The field of a page: its text as the page gave it, the address' moment ("" for now), and whether it has been changed. */
export interface MomentField {
  text: string;
  address: string;
  isTyped: boolean;
}

/** The field once a page is read: a page of now, which reads another minute, leaves what is typed. */
export function fieldOf(field: MomentField, text: string, address: string): MomentField {
  const isOfPage = field.text === text && field.address === address;
  if (isOfPage || (field.isTyped && field.address === address)) return field;
  return { text, address, isTyped: false };
}
