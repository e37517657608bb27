import { z } from "zod";
import { COUNTED_STATES } from "../presence/concurrent-sessions";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

/** Ids of the columns that rows can be sorted by; equal rows stand newest first, then by account. */
export const CONCURRENT_SORTS = [
  "from",
  "userName",
  "company",
  "seconds",
  "bothActiveSeconds",
  "mostAtOnce",
] as const;
export type ConcurrentSort = (typeof CONCURRENT_SORTS)[number];
const sortWords = CONCURRENT_SORTS.flatMap((id) => [id, `-${id}` as const]);

export const concurrentSessionsQuery = z.object({
  ...reportQueryShape,
  site: reportQueryShape.site.meta({
    description: "The id of a site: only sessions on computers that belong to it now.",
  }),
  computer: reportQueryShape.computer.meta({
    description: "The id of a computer: only sessions that it took part in.",
  }),
  count: z.enum(COUNTED_STATES).default("signed_in").meta({
    description:
      "What counts as being on a computer: active or locked (signed_in), only active, or uncertain time as well (any).",
  }),
  sort: z.enum(sortWords).default("-from").meta({
    description: "A column; with - before it the other way round. Equal rows stand newest first.",
  }),
});
export type ConcurrentSessionsQuery = z.output<typeof concurrentSessionsQuery>;

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

type Column = ReportColumn<ConcurrentSessionRow>;

const COMPANY: Column = { id: "company", header: "Company", kind: "text", value: (row) => row.companyName };

const COUNT_WORDS = {
  signed_in: "Active or locked",
  active: "Active only",
  any: "Active, locked or uncertain",
} as const;

export const concurrentSessionsReport: Report<ConcurrentSessionsQuery, ConcurrentSessionRow> = {
  name: "concurrent-sessions",
  title: "Concurrent sessions",
  summary: "Every time during which one account was on two or more computers at once, newest first.",
  query: concurrentSessionsQuery,
  columns: (_, { isManyCompanies }) => [
    { id: "userName", header: "Account", kind: "text", value: (row) => row.userName },
    ...(isManyCompanies ? [COMPANY] : []),
    { id: "from", header: "From", kind: "instant", value: (row) => row.from },
    { id: "to", header: "To", kind: "instant", value: (row) => row.to },
    {
      id: "seconds",
      header: "Length",
      kind: "seconds",
      value: (row) => Math.round((row.to - row.from) / 1000),
    },
    {
      id: "bothActiveSeconds",
      header: "Active on several",
      kind: "seconds",
      value: (row) => Math.round(row.bothActiveMs / 1000),
    },
    { id: "mostAtOnce", header: "Most at once", kind: "integer", value: (row) => row.mostAtOnce },
    {
      id: "computers",
      header: "Computers",
      kind: "text",
      value: (row) => row.computers.map(({ name }) => name).join(", "),
    },
    {
      id: "accountId",
      header: "Account number",
      kind: "integer",
      value: (row) => row.accountId,
      isOptional: true,
    },
  ],
  filterWords: ({ count }) => [COUNT_WORDS[count]],
};
