import { z } from "zod";
import type { Report, ReportView } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";
import type { SortValue } from "./sort-rows";

export const LOGON_GROUPS = ["account", "computer", "site"] as const;
export type LogonGroup = (typeof LOGON_GROUPS)[number];

/** What the rows can be sorted by; the ids of their columns, and `name` for what they are grouped by. */
const LOGON_SORTS = [
  "name",
  "company",
  "logons",
  "unlocks",
  "remoteConnects",
  "accounts",
  "computers",
  "newComputers",
  "firstLogon",
  "lastLogon",
] as const;
type LogonSort = (typeof LOGON_SORTS)[number];

export const logonsQuery = z.object({
  ...reportQueryShape,
  group_by: z.enum(LOGON_GROUPS).default("account").meta({ description: "What a row is of." }),
  sort: z
    .enum(LOGON_SORTS.flatMap((id) => [id, `-${id}` as const]))
    .optional()
    .meta({
      description:
        "A column, `name` for what the rows are grouped by, with - before it the other way round; unless given the most logons first.",
    }),
});
export type LogonsQuery = z.output<typeof logonsQuery>;

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

/** What each order compares. */
export const LOGON_SORT_VALUES: Readonly<Record<LogonSort, (row: LogonRow) => SortValue>> = {
  name: (row) => row.name,
  company: (row) => row.companyName,
  logons: (row) => row.logons,
  unlocks: (row) => row.unlocks,
  remoteConnects: (row) => row.remoteConnects,
  accounts: (row) => row.accounts,
  computers: (row) => row.computers,
  newComputers: (row) => row.newComputers,
  firstLogon: (row) => row.firstLogonAt,
  lastLogon: (row) => row.lastLogonAt,
};

type Column = ReportColumn<LogonRow>;

const NAME: Record<LogonGroup, Pick<Column, "id" | "header">> = {
  account: { id: "userName", header: "Account" },
  computer: { id: "computerName", header: "Computer" },
  site: { id: "siteName", header: "Site" },
};

const ACCOUNTS: Column = {
  id: "accounts",
  header: "Accounts",
  kind: "integer",
  value: (row) => row.accounts,
};
const COMPUTERS: Column = {
  id: "computers",
  header: "Computers",
  kind: "integer",
  value: (row) => row.computers,
};

export const logonsReport: Report<LogonsQuery, LogonRow> = {
  name: "logons",
  title: "Logons",
  summary:
    "Logons, unlocks and remote connects of each account, computer or site, the first and the last of them, and computers that are new to an account.",
  query: logonsQuery,
  columns: ({ group_by }, { isManyCompanies }: ReportView) => [
    { ...NAME[group_by], kind: "text", value: (row) => row.name },
    ...(isManyCompanies
      ? [{ id: "company", header: "Company", kind: "text", value: (row) => row.companyName } satisfies Column]
      : []),
    { id: "logons", header: "Logons", kind: "integer", value: (row) => row.logons },
    { id: "unlocks", header: "Unlocks", kind: "integer", value: (row) => row.unlocks },
    { id: "remoteConnects", header: "Remote connects", kind: "integer", value: (row) => row.remoteConnects },
    ...(group_by === "account" ? [] : [ACCOUNTS]),
    ...(group_by === "computer" ? [] : [COMPUTERS]),
    { id: "newComputers", header: NEW_HEADER[group_by], kind: "integer", value: (row) => row.newComputers },
    { id: "firstLogon", header: "First logon", kind: "instant", value: (row) => row.firstLogonAt },
    { id: "lastLogon", header: "Last logon", kind: "instant", value: (row) => row.lastLogonAt },
    { id: "id", header: "Number", kind: "integer", value: (row) => row.id, isOptional: true },
  ],
  filterWords: ({ group_by }) => [`By ${group_by}`],
};

const NEW_HEADER: Record<LogonGroup, string> = {
  account: "New computers",
  computer: "New accounts",
  site: "New pairs",
};
