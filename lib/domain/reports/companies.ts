import { z } from "zod";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

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
  /** Events of each local day of the range, oldest first. */
  days: number[];
  sites: number;
  /** Sites not heard of for longer than the company allows. */
  silentSites: number;
}

export interface CompanyRow extends CompanyFigures {
  /** Time Spent of all accounts together. */
  activeSeconds: Compared;
}

/** Ids of the columns that rows can be sorted by; equal rows stand by name. */
export const COMPANY_SORTS = [
  "companyName",
  "activeAccounts",
  "activeSeconds",
  "events",
  "failures",
  "silentSites",
] as const;
const sortWords = COMPANY_SORTS.flatMap((id) => [id, `-${id}` as const]);

export const companiesQuery = z.object({
  ...reportQueryShape,
  q: reportQueryShape.q.meta({ description: "Contained in the company's name, in any case." }),
  sort: z.enum(sortWords).default("companyName").meta({
    description: "A column; with - before it the other way round. Equal rows stand by name.",
  }),
});
export type CompaniesQuery = z.output<typeof companiesQuery>;

export const companiesReport: Report<CompaniesQuery, CompanyRow> = {
  name: "companies",
  title: "Companies overview",
  summary:
    "Accounts, hours, events, failures and silent sites of each company, beside those of the range before.",
  query: companiesQuery,
  columns: () => [
    { id: "companyName", header: "Company", kind: "text", value: (row) => row.companyName },
    {
      id: "activeAccounts",
      header: "Active accounts",
      kind: "integer",
      value: (row) => row.activeAccounts.current,
    },
    {
      id: "previousActiveAccounts",
      header: "Active accounts before",
      kind: "integer",
      value: (row) => row.activeAccounts.previous,
    },
    { id: "activeSeconds", header: "Time spent", kind: "seconds", value: (row) => row.activeSeconds.current },
    {
      id: "previousActiveSeconds",
      header: "Time spent before",
      kind: "seconds",
      value: (row) => row.activeSeconds.previous,
    },
    { id: "events", header: "Events", kind: "integer", value: (row) => row.events.current },
    { id: "previousEvents", header: "Events before", kind: "integer", value: (row) => row.events.previous },
    { id: "failures", header: "Failures", kind: "integer", value: (row) => row.failures.current },
    {
      id: "previousFailures",
      header: "Failures before",
      kind: "integer",
      value: (row) => row.failures.previous,
    },
    { id: "sites", header: "Sites", kind: "integer", value: (row) => row.sites },
    { id: "silentSites", header: "Silent sites", kind: "integer", value: (row) => row.silentSites },
    { id: "companyId", header: "Number", kind: "integer", value: (row) => row.companyId, isOptional: true },
  ],
};
