import type { IanaZone, LocalDate } from "../zones";
import type { TimeSpentRange } from "./compute-stretches";

export interface TimeSpentOptions extends TimeSpentRange {
  timeZone: IanaZone;
  groupBy: "user" | "user_computer";
  /** Off: a stretch that crosses a local midnight is left out. */
  splitAtMidnight: boolean;
}

/** First-seen spellings, for the rows and their order. */
export interface TimeSpentNames {
  account(id: number): string;
  computer(id: number): string;
}

/** One day of one account, or its whole range; on one computer when grouped so. Instants in epoch milliseconds. */
export interface TimeSpentRow {
  /** Null for the whole range. */
  date: LocalDate | null;
  /** How many days of the range have something to tell; 1 for a day. */
  days: number;
  accountId: number;
  userName: string;
  computerId: number | null;
  computerName: string | null;
  /** Rounded from the milliseconds beside them; add those up for totals and round once. */
  activeSeconds: number;
  lockedSeconds: number;
  uncertainSeconds: number;
  activeMs: number;
  lockedMs: number;
  uncertainMs: number;
  /** Separate active intervals of each day: one that crosses midnight counts on both. */
  sessions: number;
  computers: number;
  /** Computers of the account in the whole range, the same on each of its days. */
  rangeComputers: number;
  /** Earliest start event of the day or range; null when there is none. */
  firstLogon: number | null;
  /** Latest logoff or pause event of the day or range; null when there is none. */
  lastLogoff: number | null;
}

export interface TimeSpentDayRow extends TimeSpentRow {
  date: LocalDate;
}
