import { z } from "zod";
import type { Report } from "./report";
import { failureFilterShape, reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";
import type { SortValue } from "./sort-rows";

export const FAILURE_GROUPS = ["account", "computer", "address", "reason"] as const;
export type FailureGroup = (typeof FAILURE_GROUPS)[number];

/** What the rows can be sorted by; the ids of their columns, and `name` for what they are grouped by. */
export const FAILURE_SORTS = [
  "name",
  "company",
  "failures",
  "lockouts",
  "accounts",
  "computers",
  "addresses",
  "mainReason",
  "firstFailure",
  "lastFailure",
] as const;
export type FailureSort = (typeof FAILURE_SORTS)[number];

export const failuresQuery = z.object({
  ...reportQueryShape,
  ...failureFilterShape,
  group_by: z.enum(FAILURE_GROUPS).default("account").meta({ description: "What a row is of." }),
  sort: z
    .enum(FAILURE_SORTS.flatMap((id) => [id, `-${id}` as const]))
    .optional()
    .meta({
      description:
        "A column, `name` for what the rows are grouped by, with - before it the other way round; unless given the most failed logons and lockouts together first.",
    }),
});
export type FailuresQuery = z.output<typeof failuresQuery>;

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

/** What each order compares. */
export const FAILURE_SORT_VALUES: Readonly<Record<FailureSort, (row: FailureRow) => SortValue>> = {
  name: (row) => row.name,
  company: (row) => row.companyName,
  failures: (row) => row.failures,
  lockouts: (row) => row.lockouts,
  accounts: (row) => row.accounts,
  computers: (row) => row.computers,
  addresses: (row) => row.addresses,
  mainReason: (row) => row.mainReason,
  firstFailure: (row) => row.firstFailureAt,
  lastFailure: (row) => row.lastFailureAt,
};

type Column = ReportColumn<FailureRow>;

const NAME: Record<FailureGroup, Pick<Column, "id" | "header">> = {
  account: { id: "userName", header: "Account" },
  computer: { id: "computerName", header: "Computer" },
  address: { id: "address", header: "Address" },
  reason: { id: "reason", header: "Reason" },
};

/** What stands in the columns behind the counts, but for what the rows are grouped by. */
const OTHERS: readonly { of: FailureGroup; column: Column }[] = [
  {
    of: "account",
    column: { id: "accounts", header: "Accounts", kind: "integer", value: (row) => row.accounts },
  },
  {
    of: "computer",
    column: { id: "computers", header: "Computers", kind: "integer", value: (row) => row.computers },
  },
  {
    of: "address",
    column: { id: "addresses", header: "Addresses", kind: "integer", value: (row) => row.addresses },
  },
  {
    of: "reason",
    column: { id: "mainReason", header: "Main reason", kind: "text", value: (row) => row.mainReason },
  },
];

const COMPANY: Column = { id: "company", header: "Company", kind: "text", value: (row) => row.companyName };
const NUMBER: Column = {
  id: "id",
  header: "Number",
  kind: "integer",
  value: (row) => row.id,
  isOptional: true,
};

export const failuresReport: Report<FailuresQuery, FailureRow> = {
  name: "failures",
  title: "Failed sign-ins",
  summary:
    "Failed logons and account lockouts by account, computer, address or reason. An address is the one the attempt came from, or else the computer's own.",
  query: failuresQuery,
  columns: ({ group_by }, { isManyCompanies }) => [
    { ...NAME[group_by], kind: "text", value: (row) => row.name },
    ...(isManyCompanies ? [COMPANY] : []),
    { id: "failures", header: "Failed logons", kind: "integer", value: (row) => row.failures },
    { id: "lockouts", header: "Lockouts", kind: "integer", value: (row) => row.lockouts },
    ...OTHERS.filter(({ of }) => of !== group_by).map(({ column }) => column),
    { id: "firstFailure", header: "First", kind: "instant", value: (row) => row.firstFailureAt },
    { id: "lastFailure", header: "Last", kind: "instant", value: (row) => row.lastFailureAt },
    ...(group_by === "account" || group_by === "computer" ? [NUMBER] : []),
  ],
  filterWords: ({ group_by }) => [`By ${group_by}`],
};
