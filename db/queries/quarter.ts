/** SQL for the beginning of the quarter of an hour in UTC that an instant lies in, as `event_counts` has it; `at` is SQL. */
export function quarterText(at: string): string {
  return `date_bin('15 minutes', ${at}, timestamptz '2000-01-01 00:00Z')`;
}
