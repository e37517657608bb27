import { z } from "zod";
import { sortWordsOf } from "./columns";
import { concurrentColumns, type ConcurrentSessionRow } from "./concurrent-columns";
import { COUNTED_STATES } from "../presence/concurrent-sessions";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

export const concurrentSessionsQuery = z.object({
  ...reportQueryShape,
  site: reportQueryShape.site.meta({
    description: "The ID of a site: only sessions on computers that belong to it now.",
  }),
  computer: reportQueryShape.computer.meta({
    description: "The ID of a computer: only sessions that include it.",
  }),
  count: z.enum(COUNTED_STATES).default("signed_in").meta({
    description:
      "What counts as being on a computer: active or locked time (signed_in), only active time (active), or also uncertain time (any).",
  }),
  sort: z
    .enum(sortWordsOf(concurrentColumns(true)))
    .default("-from")
    .meta({
      description: "A column to sort by; a leading - reverses the order. Equal rows are sorted newest first.",
    }),
});
export type ConcurrentSessionsQuery = z.output<typeof concurrentSessionsQuery>;

const COUNT_TEXT = {
  signed_in: "reports.countSignedIn",
  active: "reports.countActive",
  any: "reports.countAny",
} as const;

export const concurrentSessionsReport: Report<ConcurrentSessionsQuery, ConcurrentSessionRow> = {
  name: "concurrent-sessions",
  title: "reports.concurrentSessionsTitle",
  screen: { page: "who-was-on/concurrent" },
  apiSummary: "Periods during which one account was on two or more computers at once, newest first.",
  query: concurrentSessionsQuery,
  columns: (_, { isManyCompanies }) => concurrentColumns(isManyCompanies),
  filterWords: ({ count }) => [{ key: COUNT_TEXT[count] }],
};
