import { addLocalDays, localDateOf, startOfLocalDay, type IanaZone, type LocalDate } from "../zones";

/** So many local days up to today's, oldest first, and when each of them began, epoch milliseconds. */
export function lastDays(
  count: number,
  zone: IanaZone,
  now: number,
): { days: LocalDate[]; starts: number[] } {
  const today = localDateOf(now, zone);
  const days = Array.from({ length: count }, (_, place) => addLocalDays(today, place + 1 - count));
  return { days, starts: days.map((day) => startOfLocalDay(day, zone)) };
}
