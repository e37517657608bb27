import { z } from "zod";
import { sortWordsOf } from "./columns";
import { LOGON_COLUMNS, LOGON_GROUPS, logonColumns, type LogonRow } from "./logon-columns";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";

export const logonsQuery = z.object({
  ...reportQueryShape,
  group_by: z.enum(LOGON_GROUPS).default("account").meta({ description: "What a row is of." }),
  sort: z.enum(sortWordsOf(LOGON_COLUMNS)).optional().meta({
    description:
      "A column, `name` for what the rows are grouped by, with - before it the other way round; unless given the most logons first.",
  }),
});
export type LogonsQuery = z.output<typeof logonsQuery>;

export const logonsReport: Report<LogonsQuery, LogonRow> = {
  name: "logons",
  title: "Logons",
  summary:
    "Logons, unlocks and remote connects of each account, computer or site, the first and the last of them, and computers that are new to an account.",
  query: logonsQuery,
  columns: ({ group_by }, { isManyCompanies }) => logonColumns(group_by, isManyCompanies),
  filterWords: ({ group_by }) => [`By ${group_by}`],
};
