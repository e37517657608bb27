import { z } from "zod";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { SortValue } from "./sort-rows";

export const INACTIVE_TYPES = ["account", "computer"] as const;
export type InactiveType = (typeof INACTIVE_TYPES)[number];
export const DEFAULT_INACTIVE_DAYS = 30;
export const MOST_INACTIVE_DAYS = 3650;

/** What the rows can be sorted by; the ids of their columns, and `name` for the account or the computer. */
const INACTIVE_SORTS = ["name", "company", "days", "lastSeen", "firstSeen"] as const;
type InactiveSort = (typeof INACTIVE_SORTS)[number];

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
    .enum(INACTIVE_SORTS.flatMap((id) => [id, `-${id}` as const]))
    .optional()
    .meta({
      description:
        "A column, `name` for the account or the computer, with - before it the other way round; unless given the longest silent first.",
    }),
});
export type InactiveQuery = z.output<typeof inactiveQuery>;

/** An account or computer that was not seen for long; times in epoch milliseconds. */
export interface InactiveRow {
  companyId: number;
  companyName: string;
  id: number;
  name: string;
  firstSeenAt: number;
  lastSeenAt: number;
  /** Whole days of 24 hours since it was seen. */
  days: number;
}

/** What each order compares. */
export const INACTIVE_SORT_VALUES: Readonly<Record<InactiveSort, (row: InactiveRow) => SortValue>> = {
  name: (row) => row.name,
  company: (row) => row.companyName,
  days: (row) => row.days,
  lastSeen: (row) => row.lastSeenAt,
  firstSeen: (row) => row.firstSeenAt,
};

export const inactiveReport: Report<InactiveQuery, InactiveRow> = {
  name: "inactive",
  title: "Inactive accounts and computers",
  summary:
    "Accounts, or computers, that no event has named (and no health check of a computer) for some days, the longest silent first; the range is of no matter.",
  query: inactiveQuery,
  // Who is silent now, so a file must not name a range that decided nothing.
  range: (_, now) => ({ from: now, to: now }),
  columns: ({ type }, { isManyCompanies }) => [
    type === "account"
      ? { id: "userName", header: "Account", kind: "text", value: (row) => row.name }
      : { id: "computerName", header: "Computer", kind: "text", value: (row) => row.name },
    ...(isManyCompanies
      ? [
          {
            id: "company",
            header: "Company",
            kind: "text" as const,
            value: (row: InactiveRow) => row.companyName,
          },
        ]
      : []),
    { id: "days", header: "Days silent", kind: "integer", value: (row) => row.days },
    { id: "lastSeen", header: "Last seen", kind: "instant", value: (row) => row.lastSeenAt },
    { id: "firstSeen", header: "First seen", kind: "instant", value: (row) => row.firstSeenAt },
    { id: "id", header: "Number", kind: "integer", value: (row) => row.id, isOptional: true },
  ],
  filterWords: ({ type, days }) => [
    `${type === "account" ? "Accounts" : "Computers"} not seen for ${days} days`,
  ],
};
