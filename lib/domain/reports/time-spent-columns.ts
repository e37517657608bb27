import type { TimeSpentRow } from "../time-spent/time-spent-row";
import type { LocalDate } from "../zones";
import {
  companyColumn,
  dateColumn,
  decimalColumn,
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

/** Hours with two places, 7.75 for 7 h 45 min, from the exact time and half up. */
export function decimalHours(milliseconds: number): number {
  return Math.round(milliseconds / 36_000) / 100;
}

/** The hours beside a duration, for spreadsheets and payroll. */
const hoursColumn = (
  id: string,
  header: string,
  of: (row: TimeSpentReportRow) => number,
  isOptional = false,
) =>
  decimalColumn<TimeSpentReportRow>(id, `${header} (hours)`, (row) => decimalHours(of(row)), {
    isFileOnly: true,
    isOptional,
  });

/** Every column that there is in some view. */
export const TIME_SPENT_COLUMNS: readonly Column[] = [
  ...sortable<TimeSpentReportRow>([
    dateColumn("date", "Date", (row) => row.date),
    textColumn("userName", "Account", (row) => row.userName),
    textColumn("computerName", "Computer", (row) => row.computerName ?? undefined),
    companyColumn(),
    secondsColumn("activeSeconds", "Time spent", (row) => row.activeSeconds),
  ]),
  hoursColumn("activeHours", "Time spent", (row) => row.activeMs),
  ...sortable<TimeSpentReportRow>([
    secondsColumn("lockedSeconds", "Locked", (row) => row.lockedSeconds),
    secondsColumn("uncertainSeconds", "Uncertain", (row) => row.uncertainSeconds),
    integerColumn("sessions", "Sessions", (row) => row.sessions),
    integerColumn("days", "Days", (row) => row.days),
    integerColumn("computers", "Computers", (row) => row.computers),
    { ...instantColumn("firstLogon", "First logon", (row) => row.firstLogon), firstSort: "asc" },
    instantColumn("lastLogoff", "Last logoff", (row) => row.lastLogoff),
  ]),
  hoursColumn("lockedHours", "Locked", (row) => row.lockedMs, true),
  hoursColumn("uncertainHours", "Uncertain", (row) => row.uncertainMs, true),
];

const SHOWN_WHEN: Readonly<Record<string, (view: TimeSpentView) => boolean>> = {
  date: (view) => view.isPerDay,
  computerName: (view) => view.isPerComputer,
  company: (view) => view.isManyCompanies,
  days: (view) => !view.isPerDay,
};

export function timeSpentColumns(view: TimeSpentView): Column[] {
  return TIME_SPENT_COLUMNS.filter(({ id }) => SHOWN_WHEN[id]?.(view) ?? true);
}

/** What payroll asks for: the hours of each account in the month before, as parameters of the screen's address. */
export const PAYROLL_QUERY = "range=last-month&per=range";
