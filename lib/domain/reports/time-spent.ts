import { z } from "zod";
import type { TimeSpentRow } from "../time-spent/time-spent-row";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

/** What the rows can be sorted by; the ids of their columns. */
export const TIME_SPENT_SORTS = [
  "date",
  "userName",
  "computerName",
  "company",
  "activeSeconds",
  "lockedSeconds",
  "uncertainSeconds",
  "sessions",
  "computers",
  "firstLogon",
  "lastLogoff",
] as const;
export type TimeSpentSort = (typeof TIME_SPENT_SORTS)[number];

const sortWords = TIME_SPENT_SORTS.flatMap((id) => [id, `-${id}` as const]);

export const timeSpentQuery = z.object({
  ...reportQueryShape,
  /** A row for each account, its computers united, or one for each computer of it. */
  group_by: z.enum(["user", "user_computer"]).default("user"),
  /** Whether a stretch that crosses a local midnight is split there, or left out. */
  split: z.enum(["on", "off"]).default("on"),
  /** A column, with - before it the other way round; rows that are equal in it stand newest day first, by account. */
  sort: z.enum(sortWords).default("-date"),
});
export type TimeSpentQuery = z.output<typeof timeSpentQuery>;

/** A row of the report, of one of several companies. */
export interface TimeSpentReportRow extends TimeSpentRow {
  companyId: number;
  companyName: string;
}

type Column = ReportColumn<TimeSpentReportRow>;

const COMPUTER: Column = {
  id: "computerName",
  header: "Computer",
  kind: "text",
  value: (row) => row.computerName ?? undefined,
};
const COMPANY: Column = { id: "company", header: "Company", kind: "text", value: (row) => row.companyName };

export const timeSpentReport: Report<TimeSpentQuery, TimeSpentReportRow> = {
  name: "time-spent",
  title: "Time Spent",
  summary: "How long each account was active, locked and uncertain on each local day.",
  query: timeSpentQuery,
  columns: ({ group_by }, { isManyCompanies }) => [
    { id: "date", header: "Date", kind: "date", value: (row) => row.date },
    { id: "userName", header: "Account", kind: "text", value: (row) => row.userName },
    ...(group_by === "user_computer" ? [COMPUTER] : []),
    ...(isManyCompanies ? [COMPANY] : []),
    { id: "activeSeconds", header: "Time spent", kind: "seconds", value: (row) => row.activeSeconds },
    { id: "lockedSeconds", header: "Locked", kind: "seconds", value: (row) => row.lockedSeconds },
    { id: "uncertainSeconds", header: "Uncertain", kind: "seconds", value: (row) => row.uncertainSeconds },
    { id: "sessions", header: "Sessions", kind: "integer", value: (row) => row.sessions },
    { id: "computers", header: "Computers", kind: "integer", value: (row) => row.computers },
    { id: "firstLogon", header: "First logon", kind: "instant", value: (row) => row.firstLogon },
    { id: "lastLogoff", header: "Last logoff", kind: "instant", value: (row) => row.lastLogoff },
  ],
  filterWords: ({ group_by, split }) => [
    group_by === "user" ? "Grouped by user" : "Grouped by user and computer",
    split === "on" ? "Split at midnight" : "Without sessions that cross midnight",
  ],
};
