import { z } from "zod";
import { sortWordsOf } from "./columns";
import { FAILURE_COLUMNS, FAILURE_GROUPS, failureColumns, type FailureRow } from "./failure-columns";
import type { Report } from "./report";
import { failureFilterShape, reportQueryShape } from "./report-query";

export const failuresQuery = z.object({
  ...reportQueryShape,
  ...failureFilterShape,
  group_by: z.enum(FAILURE_GROUPS).default("account").meta({ description: "What a row is of." }),
  sort: z.enum(sortWordsOf(FAILURE_COLUMNS)).optional().meta({
    description:
      "A column, `name` for what the rows are grouped by, with - before it the other way round; unless given the most failed logons and lockouts together first.",
  }),
});
export type FailuresQuery = z.output<typeof failuresQuery>;

export const failuresReport: Report<FailuresQuery, FailureRow> = {
  name: "failures",
  title: "Failed logons",
  summary:
    "Failed logons and account lockouts by account, computer, address or reason. An address is the one the attempt came from, or else the computer's own.",
  query: failuresQuery,
  columns: ({ group_by }, { isManyCompanies }) => failureColumns(group_by, isManyCompanies),
  filterWords: ({ group_by }) => [`By ${group_by}`],
};
