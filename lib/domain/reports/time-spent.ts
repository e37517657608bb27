import { z } from "zod";
import type { TimeSpentRow } from "../time-spent/time-spent-row";
import type { LocalDate } from "../zones";
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
  "days",
  "computers",
  "firstLogon",
  "lastLogoff",
] as const;
export type TimeSpentSort = (typeof TIME_SPENT_SORTS)[number];

const sortWords = TIME_SPENT_SORTS.flatMap((id) => [id, `-${id}` as const]);

export const timeSpentQuery = z.object({
  ...reportQueryShape,
  site: reportQueryShape.site.meta({
    description: "The id of a site: only time on computers that belong to it now.",
  }),
  computer: reportQueryShape.computer.meta({
    description: "The id of a computer: only time on that computer.",
  }),
  q: reportQueryShape.q.meta({
    description:
      "Contained in a name of the row, in any case: the account, and with group_by=user_computer the computer.",
  }),
  group_by: z.enum(["user", "user_computer"]).default("user").meta({
    description: "A row for each account, its computers united, or one for each of its computers.",
  }),
  split: z.enum(["on", "off"]).default("on").meta({
    description: "Whether a stretch that crosses a local midnight is split there, or left out.",
  }),
  per: z.enum(["day", "range"]).default("day").meta({
    description: "A row for each local day, or one for the whole range, with `days` instead of `date`.",
  }),
  sort: z.enum(sortWords).default("-date").meta({
    description:
      "A column, with - before it the other way round; rows equal in it stand newest day first, then by account.",
  }),
});
export type TimeSpentQuery = z.output<typeof timeSpentQuery>;

/** A row of the report, of one of several companies: a day, or the whole range. */
export interface TimeSpentReportRow extends Omit<TimeSpentRow, "date"> {
  /** Null for the whole range. */
  date: LocalDate | null;
  /** How many days of the range have something to tell. */
  days: number;
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
const DATE: Column = { id: "date", header: "Date", kind: "date", value: (row) => row.date };
const DAYS: Column = { id: "days", header: "Days", kind: "integer", value: (row) => row.days };
const COMPANY: Column = { id: "company", header: "Company", kind: "text", value: (row) => row.companyName };

export const timeSpentReport: Report<TimeSpentQuery, TimeSpentReportRow> = {
  name: "time-spent",
  title: "Time Spent",
  summary: "How long each account was active, locked and uncertain on each local day.",
  query: timeSpentQuery,
  columns: ({ group_by, per }, { isManyCompanies }) => [
    ...(per === "day" ? [DATE] : []),
    { id: "userName", header: "Account", kind: "text", value: (row) => row.userName },
    ...(group_by === "user_computer" ? [COMPUTER] : []),
    ...(isManyCompanies ? [COMPANY] : []),
    { id: "activeSeconds", header: "Time spent", kind: "seconds", value: (row) => row.activeSeconds },
    { id: "lockedSeconds", header: "Locked", kind: "seconds", value: (row) => row.lockedSeconds },
    { id: "uncertainSeconds", header: "Uncertain", kind: "seconds", value: (row) => row.uncertainSeconds },
    { id: "sessions", header: "Sessions", kind: "integer", value: (row) => row.sessions },
    ...(per === "range" ? [DAYS] : []),
    { id: "computers", header: "Computers", kind: "integer", value: (row) => row.computers },
    { id: "firstLogon", header: "First logon", kind: "instant", value: (row) => row.firstLogon },
    { id: "lastLogoff", header: "Last logoff", kind: "instant", value: (row) => row.lastLogoff },
  ],
  filterWords: ({ group_by, split, per }) => [
    ...(per === "range" ? ["Totals of the whole range"] : []),
    group_by === "user" ? "Grouped by user" : "Grouped by user and computer",
    split === "on" ? "Split at midnight" : "Without sessions that cross midnight",
  ],
};
