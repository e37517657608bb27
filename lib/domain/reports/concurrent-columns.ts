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
      textColumn("userName", "Account", (row) => row.userName),
      ...(isManyCompanies ? [companyColumn<ConcurrentSessionRow>()] : []),
      instantColumn("from", "From", (row) => row.from),
    ]),
    instantColumn("to", "To", (row) => row.to),
    ...sortable<ConcurrentSessionRow>([
      secondsColumn("seconds", "Length", (row) => Math.round((row.to - row.from) / 1000)),
      secondsColumn("bothActiveSeconds", "Active on several", (row) => Math.round(row.bothActiveMs / 1000)),
      integerColumn("mostAtOnce", "Peak", (row) => row.mostAtOnce),
    ]),
    textColumn("computers", "Computers", namesOf),
    integerColumn("accountId", "Account number", (row) => row.accountId, { isOptional: true }),
  ];
}
