import { z } from "zod";
import { sortWordsOf } from "./columns";
import { COMPANY_COLUMNS, type CompanyRow } from "./company-columns";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

export const companiesQuery = z.object({
  ...reportQueryShape,
  q: reportQueryShape.q.meta({ description: "Contained in the company's name, in any case." }),
  sort: z.enum(sortWordsOf(COMPANY_COLUMNS)).default("companyName").meta({
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
  columns: () => COMPANY_COLUMNS,
};
