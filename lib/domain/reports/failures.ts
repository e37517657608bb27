import { z } from "zod";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

export const FAILURE_GROUPS = ["account", "computer", "address", "reason"] as const;
export type FailureGroup = (typeof FAILURE_GROUPS)[number];

export const failuresQuery = z.object({
  ...reportQueryShape,
  group_by: z.enum(FAILURE_GROUPS).default("account").meta({ description: "What a row is of." }),
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
