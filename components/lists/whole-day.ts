import { isLocalDate } from "@/lib/domain/zones";

/** Whether a date field's text is a day that someone means: its year has all of its digits, so it isn't being typed. */
export function isWholeDay(text: string): boolean {
  return isLocalDate(text) && text >= "1000";
}
