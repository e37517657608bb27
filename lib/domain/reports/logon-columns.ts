import type { TextKey } from "../text";
import { companyColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

export const LOGON_GROUPS = ["account", "computer", "site"] as const;
export type LogonGroup = (typeof LOGON_GROUPS)[number];

/** Of an account, a computer or a site, as grouped; times in epoch milliseconds. */
export interface LogonRow {
  companyId: number;
  companyName: string;
  id: number;
  name: string;
  logons: number;
  unlocks: number;
  remoteConnects: number;
  accounts: number;
  computers: number;
  /** Pairs of account and computer of which nothing was known before the range. */
  newComputers: number;
  /** The first and the last event that starts time: logon, unlock or remote connect. */
  firstLogonAt: number;
  lastLogonAt: number;
}

type Column = ReportColumn<LogonRow>;

const name = (id: string, header: TextKey): Column =>
  textColumn(id, header, (row) => row.name, { sortId: "name" });
const NAME: Readonly<Record<LogonGroup, Column>> = {
  account: name("userName", "reportColumns.account"),
  computer: name("computerName", "reportColumns.computer"),
  site: name("siteName", "reportColumns.site"),
};

/** What a count of new pairs of account and computer is called, by the grouping. */
const NEW_HEADER: Readonly<Record<LogonGroup, TextKey>> = {
  account: "reportColumns.newComputers",
  computer: "reportColumns.newAccounts",
  site: "reportColumns.newPairs",
};

/** Every column that rows can be sorted by, whatever they are grouped by. */
export const LOGON_COLUMNS: readonly Column[] = sortable<LogonRow>([
  NAME.account,
  companyColumn(),
  integerColumn("logons", "reportColumns.logons", (row) => row.logons),
  integerColumn("unlocks", "reportColumns.unlocks", (row) => row.unlocks),
  integerColumn("remoteConnects", "reportColumns.remoteConnects", (row) => row.remoteConnects),
  integerColumn("accounts", "reportColumns.accounts", (row) => row.accounts),
  integerColumn("computers", "reportColumns.computers", (row) => row.computers),
  integerColumn("newComputers", NEW_HEADER.account, (row) => row.newComputers),
  instantColumn("firstLogon", "reportColumns.firstLogon", (row) => row.firstLogonAt),
  instantColumn("lastLogon", "reportColumns.lastLogon", (row) => row.lastLogonAt),
]);

const NUMBER: Column = integerColumn("id", "reports.id", (row) => row.id, { isOptional: true });

/** The report's columns, by what a row is of. */
export function logonColumns(group: LogonGroup, isManyCompanies: boolean): Column[] {
  const [, company, ...counts] = LOGON_COLUMNS;
  return [
    ...sortable([NAME[group]]),
    ...(isManyCompanies ? [company!] : []),
    ...counts
      .filter(({ id }) => id !== `${group}s`)
      .map((column) =>
        column.id === "newComputers" ? { ...column, header: { key: NEW_HEADER[group] } } : column,
      ),
    NUMBER,
  ];
}
