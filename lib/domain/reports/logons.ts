import { z } from "zod";
import type { TextKey } from "../text";
import { sortWordsOf } from "./columns";
import { LOGON_COLUMNS, LOGON_GROUPS, logonColumns, type LogonGroup, type LogonRow } from "./logon-columns";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

export const logonsQuery = z.object({
  ...reportQueryShape,
  group_by: z.enum(LOGON_GROUPS).default("account").meta({ description: "What each row stands for." }),
  sort: z.enum(sortWordsOf(LOGON_COLUMNS)).optional().meta({
    description:
      "A column to sort by, or `name` for what the rows are grouped by; a leading - reverses the order. By default, the rows with the most logons come first.",
  }),
});
export type LogonsQuery = z.output<typeof logonsQuery>;

const GROUPED_BY: Readonly<Record<LogonGroup, TextKey>> = {
  account: "reports.byAccount",
  computer: "reports.byComputer",
  site: "reports.bySite",
};

export const logonsReport: Report<LogonsQuery, LogonRow> = {
  name: "logons",
  title: "reports.logonsTitle",
  screen: { page: "logons" },
  apiSummary:
    "Logons, unlocks, and remote connects by account, computer, or site, with the first and the last one, and computers that are new to an account.",
  query: logonsQuery,
  columns: ({ group_by }, { isManyCompanies }) => logonColumns(group_by, isManyCompanies),
  filterWords: ({ group_by }) => [{ key: GROUPED_BY[group_by] }],
};
