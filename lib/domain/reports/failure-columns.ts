import { reasonText } from "../failure-reasons";
import type { TextKey } from "../text";
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
  /** The account, computer, address, or reason in English; null where the events tell no address. */
  name: string | null;
  failures: number;
  lockouts: number;
  accounts: number;
  computers: number;
  addresses: number;
  /** Of a reason, as reasonText words it; null for others. */
  reason: string | null;
  /** The most frequent one, as reasonText words it. */
  mainReason: string;
  /** The same in English, by which rows are sorted; of several, it is the first in the alphabet. */
  mainReasonWords: string;
  firstFailureAt: number;
  lastFailureAt: number;
}

type Column = ReportColumn<FailureRow>;

const name = (id: string, header: TextKey): Column =>
  textColumn(id, header, ({ name, reason }) => (reason === null ? name : reasonText(reason)), {
    sortId: "name",
    order: (row) => row.name,
  });
const NAME: Readonly<Record<FailureGroup, Column>> = {
  account: name("userName", "reportColumns.account"),
  computer: name("computerName", "reportColumns.computer"),
  address: name("address", "reportColumns.address"),
  reason: name("reason", "reportColumns.reason"),
};

/** What is counted of a row, but for what the rows are grouped by. */
const OTHERS: Readonly<Record<FailureGroup, Column>> = {
  account: integerColumn("accounts", "reportColumns.accounts", (row) => row.accounts),
  computer: integerColumn("computers", "reportColumns.computers", (row) => row.computers),
  address: integerColumn("addresses", "reportColumns.addresses", (row) => row.addresses),
  reason: textColumn("mainReason", "reportColumns.mainReason", (row) => reasonText(row.mainReason), {
    order: (row) => row.mainReasonWords,
  }),
};

const NUMBER: Column = integerColumn("id", "reports.id", (row) => row.id, { isOptional: true });

/** Every column that rows can be sorted by, whatever they are grouped by. */
export const FAILURE_COLUMNS: readonly Column[] = sortable<FailureRow>([
  NAME.account,
  companyColumn(),
  integerColumn("failures", "reportColumns.failedLogons", (row) => row.failures),
  integerColumn("lockouts", "reportColumns.lockouts", (row) => row.lockouts),
  ...FAILURE_GROUPS.map((group) => OTHERS[group]),
  instantColumn("firstFailure", "reportColumns.first", (row) => row.firstFailureAt),
  instantColumn("lastFailure", "reportColumns.last", (row) => row.lastFailureAt),
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
