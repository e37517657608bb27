import { z } from "zod";
import { sortWordsOf } from "./columns";
import { COMPANY_COLUMNS, type CompanyRow } from "./company-columns";
import type { Report } from "./report";
import { rangeQueryShape, reportQueryShape, sortParam } from "./report-query";

export const companiesQuery = z.object({
  ...rangeQueryShape,
  q: reportQueryShape.q.meta({ description: "Text in the company's name. Not case-sensitive." }),
  sort: sortParam(sortWordsOf(COMPANY_COLUMNS), "companyName", "by name"),
});
export type CompaniesQuery = z.output<typeof companiesQuery>;

export const companiesReport: Report<CompaniesQuery, CompanyRow> = {
  name: "companies",
  title: "reports.companiesTitle",
  screen: { page: "overview" },
  apiSummary:
    "Accounts, hours, events, failures, and silent sites of each company, compared with the previous range.",
  query: companiesQuery,
  columns: () => COMPANY_COLUMNS,
};
