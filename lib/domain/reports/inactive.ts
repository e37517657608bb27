import { z } from "zod";
import { sortWordsOf } from "./columns";
import { INACTIVE_TYPES, inactiveColumns, type InactiveRow } from "./inactive-columns";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

export const DEFAULT_INACTIVE_DAYS = 30;
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
    .meta({ description: `Not seen for so many times 24 hours, ${DEFAULT_INACTIVE_DAYS} unless said.` }),
  sort: z
    .enum(sortWordsOf(inactiveColumns("account", true)))
    .optional()
    .meta({
      description:
        "A column, `name` for the account or the computer, with - before it the other way round; unless given the longest silent first.",
    }),
});
export type InactiveQuery = z.output<typeof inactiveQuery>;

export const inactiveReport: Report<InactiveQuery, InactiveRow> = {
  name: "inactive",
  title: "Inactive accounts and computers",
  summary:
    "Accounts, or computers, that no event has named (and no health check of a computer) for some days, the longest silent first; the range is of no matter.",
  query: inactiveQuery,
  // Who is silent now, so a file must not name a range that decided nothing.
  range: (_, now) => ({ from: now, to: now }),
  columns: ({ type }, { isManyCompanies }) => inactiveColumns(type, isManyCompanies),
  filterWords: ({ type, days }) => [
    `${type === "account" ? "Accounts" : "Computers"} not seen for ${days} days`,
  ],
};
