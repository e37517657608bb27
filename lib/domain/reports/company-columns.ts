import type { TextKey } from "../text";
import { integerColumn, secondsColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

/** A figure of a range and of the range before it. */
export interface Compared {
  current: number;
  previous: number;
}

/** What a company came to in a range, without its hours, which take longer to count. */
export interface CompanyFigures {
  companyId: number;
  companyName: string;
  /** Accounts that began, paused or ended a session. */
  activeAccounts: Compared;
  events: Compared;
  /** Failed logons and lockouts. */
  failures: Compared;
  /** Events of each local day of the range, oldest first; null where the companies have too many days together. */
  days: number[] | null;
  sites: number;
  /** Sites not heard of for longer than the company allows. */
  silentSites: number;
}

export interface CompanyRow extends CompanyFigures {
  /** Time Spent of all accounts together. */
  activeSeconds: Compared;
}

/** Hours that are not counted yet are left out. */
export type CountedCompany = CompanyFigures & { activeSeconds?: Compared };
type Column = ReportColumn<CountedCompany>;

/** The id of the column with a figure of the range before. */
export function previousIdOf(id: string): string {
  return `previous${id[0]!.toUpperCase()}${id.slice(1)}`;
}

/** The figure itself, by which rows can be sorted, and the one of the range before. */
function comparedColumns(
  id: string,
  header: TextKey,
  make: typeof integerColumn,
  figure: (row: CountedCompany) => Compared | undefined,
): Column[] {
  return [
    ...sortable([make<CountedCompany>(id, header, (row) => figure(row)?.current)]),
    make(
      previousIdOf(id),
      { key: "reports.previous", values: { column: { key: header } } },
      (row) => figure(row)?.previous,
    ),
  ];
}

export const COMPANY_COLUMNS: readonly Column[] = [
  ...sortable([textColumn<CountedCompany>("companyName", "reportColumns.company", (row) => row.companyName)]),
  ...comparedColumns(
    "activeAccounts",
    "reportColumns.activeAccounts",
    integerColumn,
    (row) => row.activeAccounts,
  ),
  ...comparedColumns("activeSeconds", "reportColumns.timeSpent", secondsColumn, (row) => row.activeSeconds),
  ...comparedColumns("events", "reportColumns.events", integerColumn, (row) => row.events),
  ...comparedColumns("failures", "reportColumns.failures", integerColumn, (row) => row.failures),
  integerColumn("sites", "reportColumns.sites", (row) => row.sites),
  ...sortable([
    integerColumn<CountedCompany>("silentSites", "reportColumns.silentSites", (row) => row.silentSites),
  ]),
  integerColumn("companyId", "reports.id", (row) => row.companyId, { isOptional: true }),
];
