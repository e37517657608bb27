import { companyColumn, instantColumn, integerColumn, secondsColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

/** A time during which an account was on several computers; instants in epoch milliseconds. */
export interface ConcurrentSessionRow {
  companyId: number;
  companyName: string;
  accountId: number;
  userName: string;
  from: number;
  to: number;
  /** By name. */
  computers: { id: number; name: string }[];
  mostAtOnce: number;
  bothActiveMs: number;
}

const namesOf = (row: ConcurrentSessionRow) => row.computers.map(({ name }) => name).join(", ");

export function concurrentColumns(isManyCompanies: boolean): ReportColumn<ConcurrentSessionRow>[] {
  return [
    ...sortable<ConcurrentSessionRow>([
      textColumn("userName", "reportColumns.account", (row) => row.userName),
      ...(isManyCompanies ? [companyColumn<ConcurrentSessionRow>()] : []),
      instantColumn("from", "reportColumns.from", (row) => row.from),
    ]),
    instantColumn("to", "reportColumns.to", (row) => row.to),
    ...sortable<ConcurrentSessionRow>([
      secondsColumn("seconds", "reportColumns.duration", (row) => Math.round((row.to - row.from) / 1000)),
      secondsColumn("bothActiveSeconds", "reportColumns.activeOnSeveral", (row) =>
        Math.round(row.bothActiveMs / 1000),
      ),
      integerColumn("mostAtOnce", "reportColumns.peak", (row) => row.mostAtOnce),
    ]),
    textColumn("computers", "reportColumns.computerNames", namesOf),
    integerColumn("accountId", "reports.accountId", (row) => row.accountId, { isOptional: true }),
  ];
}
