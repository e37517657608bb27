import type { TextKey } from "../text";
import type { TimeSpentRow } from "../time-spent/time-spent-row";
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

/** A row of the report, of one of several companies. */
export interface TimeSpentReportRow extends TimeSpentRow {
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
  header: TextKey,
  of: (row: TimeSpentReportRow) => number,
  isOptional = false,
) =>
  decimalColumn<TimeSpentReportRow>(
    id,
    { key: "reports.hours", values: { column: { key: header } } },
    (row) => decimalHours(of(row)),
    { isFileOnly: true, isOptional },
  );

/** Every column that there is in some view. */
export const TIME_SPENT_COLUMNS: readonly Column[] = [
  ...sortable<TimeSpentReportRow>([
    dateColumn("date", "reportColumns.date", (row) => row.date),
    textColumn("userName", "reportColumns.account", (row) => row.userName),
    textColumn("computerName", "reportColumns.computer", (row) => row.computerName ?? undefined),
    companyColumn(),
    secondsColumn("activeSeconds", "reportColumns.timeSpent", (row) => row.activeSeconds),
  ]),
  hoursColumn("activeHours", "reportColumns.timeSpent", (row) => row.activeMs),
  ...sortable<TimeSpentReportRow>([
    secondsColumn("lockedSeconds", "reportColumns.locked", (row) => row.lockedSeconds),
    secondsColumn("uncertainSeconds", "reportColumns.uncertain", (row) => row.uncertainSeconds),
    integerColumn("sessions", "reportColumns.sessions", (row) => row.sessions),
    integerColumn("days", "reportColumns.days", (row) => row.days),
    integerColumn("computers", "reportColumns.computers", (row) => row.computers),
    { ...instantColumn("firstLogon", "reportColumns.firstLogon", (row) => row.firstLogon), firstSort: "asc" },
    instantColumn("lastLogoff", "reportColumns.lastLogoff", (row) => row.lastLogoff),
  ]),
  hoursColumn("lockedHours", "reportColumns.locked", (row) => row.lockedMs, true),
  hoursColumn("uncertainHours", "reportColumns.uncertain", (row) => row.uncertainMs, true),
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
