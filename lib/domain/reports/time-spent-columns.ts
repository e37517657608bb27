import type { TimeSpentRow } from "../time-spent/time-spent-row";
import type { LocalDate } from "../zones";
import {
  companyColumn,
  dateColumn,
  instantColumn,
  integerColumn,
  secondsColumn,
  sortable,
  textColumn,
} from "./columns";
import type { ReportColumn } from "./report-table";

/** A row of the report, of one of several companies: a day, or the whole range. */
export interface TimeSpentReportRow extends Omit<TimeSpentRow, "date"> {
  /** Null for the whole range. */
  date: LocalDate | null;
  /** How many days of the range have something to tell. */
  days: number;
  companyId: number;
  companyName: string;
}

export interface TimeSpentView {
  isPerDay: boolean;
  isPerComputer: boolean;
  isManyCompanies: boolean;
}

type Column = ReportColumn<TimeSpentReportRow>;

/** Every column that there is in some view. */
export const TIME_SPENT_COLUMNS: readonly Column[] = sortable<TimeSpentReportRow>([
  dateColumn("date", "Date", (row) => row.date),
  textColumn("userName", "Account", (row) => row.userName),
  textColumn("computerName", "Computer", (row) => row.computerName ?? undefined),
  companyColumn(),
  secondsColumn("activeSeconds", "Time spent", (row) => row.activeSeconds),
  secondsColumn("lockedSeconds", "Locked", (row) => row.lockedSeconds),
  secondsColumn("uncertainSeconds", "Uncertain", (row) => row.uncertainSeconds),
  integerColumn("sessions", "Sessions", (row) => row.sessions),
  integerColumn("days", "Days", (row) => row.days),
  integerColumn("computers", "Computers", (row) => row.computers),
  { ...instantColumn("firstLogon", "First logon", (row) => row.firstLogon), firstSort: "asc" },
  instantColumn("lastLogoff", "Last logoff", (row) => row.lastLogoff),
]);

const SHOWN_WHEN: Readonly<Record<string, (view: TimeSpentView) => boolean>> = {
  date: (view) => view.isPerDay,
  computerName: (view) => view.isPerComputer,
  company: (view) => view.isManyCompanies,
  days: (view) => !view.isPerDay,
};

export function timeSpentColumns(view: TimeSpentView): Column[] {
  return TIME_SPENT_COLUMNS.filter(({ id }) => SHOWN_WHEN[id]?.(view) ?? true);
}
