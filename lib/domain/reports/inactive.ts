import { z } from "zod";
import { sortWordsOf } from "./columns";
import { DEFAULT_INACTIVE_DAYS, INACTIVE_TYPES, inactiveColumns, type InactiveRow } from "./inactive-columns";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

export const MOST_INACTIVE_DAYS = 3650;

export const inactiveQuery = z.object({
  ...reportQueryShape,
  type: z.enum(INACTIVE_TYPES).default("account").meta({ description: "Accounts or computers." }),
  days: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "must be a whole number of days from 1 to 3650")
    .transform(Number)
    .refine((days) => days <= MOST_INACTIVE_DAYS, "must be a whole number of days from 1 to 3650")
    .default(DEFAULT_INACTIVE_DAYS)
    .meta({
      description: `Not seen for this number of days of 24 hours. The default is ${DEFAULT_INACTIVE_DAYS}.`,
    }),
  sort: z
    .enum(sortWordsOf(inactiveColumns("account", true)))
    .optional()
    .meta({
      description:
        "A column to sort by, or `name` for the account or computer; a leading - reverses the order. By default, the longest inactive come first.",
    }),
});
export type InactiveQuery = z.output<typeof inactiveQuery>;

export const inactiveReport: Report<InactiveQuery, InactiveRow> = {
  name: "inactive",
  title: "reports.inactiveTitle",
  screen: { page: "logons", fixed: { view: "inactive" } },
  apiSummary:
    "Accounts or computers without an event (for computers, also without a health check) for a number of days, the longest inactive first. The range has no effect.",
  query: inactiveQuery,
  // Who is silent now, so a file must not name a range that decided nothing.
  range: (_, now) => ({ from: now, to: now }),
  columns: ({ type }, { isManyCompanies }) => inactiveColumns(type, isManyCompanies),
  filterWords: ({ type, days }) => [
    { key: type === "account" ? "reports.inactiveAccounts" : "reports.inactiveComputers", values: { days } },
  ],
};
