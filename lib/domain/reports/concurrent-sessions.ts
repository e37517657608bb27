import { z } from "zod";
import { sortWordsOf } from "./columns";
import { concurrentColumns, type ConcurrentSessionRow } from "./concurrent-columns";
import { COUNTED_STATES } from "../presence/concurrent-sessions";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

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
  sort: z
    .enum(sortWordsOf(concurrentColumns(true)))
    .default("-from")
    .meta({
      description: "A column; with - before it the other way round. Equal rows stand newest first.",
    }),
});
export type ConcurrentSessionsQuery = z.output<typeof concurrentSessionsQuery>;

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
  columns: (_, { isManyCompanies }) => concurrentColumns(isManyCompanies),
  filterWords: ({ count }) => [COUNT_WORDS[count]],
};
