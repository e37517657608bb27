import { z } from "zod";
import type { TextKey } from "../text";
import { sortWordsOf } from "./columns";
import {
  FAILURE_COLUMNS,
  FAILURE_GROUPS,
  failureColumns,
  type FailureGroup,
  type FailureRow,
} from "./failure-columns";
import type { Report } from "./report";
import { failureFilterShape, reportQueryShape } from "./report-query";

export const failuresQuery = z.object({
  ...reportQueryShape,
  ...failureFilterShape,
  group_by: z.enum(FAILURE_GROUPS).default("account").meta({ description: "What each row stands for." }),
  sort: z.enum(sortWordsOf(FAILURE_COLUMNS)).optional().meta({
    description:
      "A column to sort by, or `name` for what the rows are grouped by; a leading - reverses the order. By default, the rows with the most failed logons and lockouts come first.",
  }),
});
export type FailuresQuery = z.output<typeof failuresQuery>;

const GROUPED_BY: Readonly<Record<FailureGroup, TextKey>> = {
  account: "reports.byAccount",
  computer: "reports.byComputer",
  address: "reports.byAddress",
  reason: "reports.byReason",
};

export const failuresReport: Report<FailuresQuery, FailureRow> = {
  name: "failures",
  title: "reports.failuresTitle",
  screen: { page: "failures" },
  apiSummary:
    "Failed logons and account lockouts by account, computer, address, or reason. The address is where the attempt came from, or the computer's own address if that's unknown.",
  query: failuresQuery,
  columns: ({ group_by }, { isManyCompanies }) => failureColumns(group_by, isManyCompanies),
  filterWords: ({ group_by }) => [{ key: GROUPED_BY[group_by] }],
};
