import { companyColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

export const FAILURE_GROUPS = ["account", "computer", "address", "reason"] as const;
export type FailureGroup = (typeof FAILURE_GROUPS)[number];

/** Failed logons and lockouts of an account, of a computer, from an address or for a reason; epoch milliseconds. */
export interface FailureRow {
  companyId: number;
  companyName: string;
  /** Of the account or the computer; null for addresses and reasons. */
  id: number | null;
  /** The account, computer, address or reason; null where the events tell no address. */
  name: string | null;
  failures: number;
  lockouts: number;
  accounts: number;
  computers: number;
  addresses: number;
  /** The most frequent one, in words; the first in the alphabet of several. */
  mainReason: string;
  firstFailureAt: number;
  lastFailureAt: number;
}

type Column = ReportColumn<FailureRow>;

const name = (id: string, header: string): Column =>
  textColumn(id, header, (row) => row.name, { sortId: "name" });
const NAME: Readonly<Record<FailureGroup, Column>> = {
  account: name("userName", "Account"),
  computer: name("computerName", "Computer"),
  address: name("address", "Address"),
  reason: name("reason", "Reason"),
};

/** What is counted of a row, but for what the rows are grouped by. */
const OTHERS: Readonly<Record<FailureGroup, Column>> = {
  account: integerColumn("accounts", "Accounts", (row) => row.accounts),
  computer: integerColumn("computers", "Computers", (row) => row.computers),
  address: integerColumn("addresses", "Addresses", (row) => row.addresses),
  reason: textColumn("mainReason", "Main reason", (row) => row.mainReason),
};

const NUMBER: Column = integerColumn("id", "Number", (row) => row.id, { isOptional: true });

/** Every column that rows can be sorted by, whatever they are grouped by. */
export const FAILURE_COLUMNS: readonly Column[] = sortable<FailureRow>([
  NAME.account,
  companyColumn(),
  integerColumn("failures", "Failed logons", (row) => row.failures),
  integerColumn("lockouts", "Lockouts", (row) => row.lockouts),
  ...FAILURE_GROUPS.map((group) => OTHERS[group]),
  instantColumn("firstFailure", "First", (row) => row.firstFailureAt),
  instantColumn("lastFailure", "Last", (row) => row.lastFailureAt),
]);

/** The report's columns, by what a row is of. */
export function failureColumns(group: FailureGroup, isManyCompanies: boolean): Column[] {
  const [, company, ...counts] = FAILURE_COLUMNS;
  const hasNumber = group === "account" || group === "computer";
  return [
    ...sortable([NAME[group]]),
    ...(isManyCompanies ? [company!] : []),
    ...counts.filter(({ id }) => id !== OTHERS[group].id),
    ...(hasNumber ? [NUMBER] : []),
  ];
}
