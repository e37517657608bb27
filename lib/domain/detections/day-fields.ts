/** Names of the days in the form of working hours. */
export const DAY_FIELDS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type DayField = (typeof DAY_FIELDS)[number];
