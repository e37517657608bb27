import { z } from "zod";
import { sortWordsOf } from "./columns";
import {
  decimalHours,
  TIME_SPENT_COLUMNS,
  timeSpentColumns,
  type TimeSpentReportRow,
} from "./time-spent-columns";
import { exactTimesOf, totalOf } from "./time-spent-totals";
import type { Report } from "./report";
import { reportQueryShape, sortParam } from "./report-query";

export const timeSpentQuery = z.object({
  ...reportQueryShape,
  site: reportQueryShape.site.meta({
    description: "The ID of a site: only time on computers that belong to it now.",
  }),
  computer: reportQueryShape.computer.meta({
    description: "The ID of a computer: only time on that computer.",
  }),
  q: reportQueryShape.q.meta({
    description:
      "Text in the name of the account or, with group_by=user_computer, of the computer. Not case-sensitive.",
  }),
  group_by: z.enum(["user", "user_computer"]).default("user").meta({
    description: "A row for each account across all its computers, or for each of its computers.",
  }),
  split: z.enum(["on", "off"]).default("on").meta({
    description: "Whether time that crosses a local midnight is split there (on) or left out (off).",
  }),
  per: z.enum(["day", "range"]).default("day").meta({
    description: "A row for each local day, or one for the whole range, with `days` instead of `date`.",
  }),
  sort: sortParam(sortWordsOf(TIME_SPENT_COLUMNS), "-date", "by day, newest first, then by account"),
});
export type TimeSpentQuery = z.output<typeof timeSpentQuery>;

export const timeSpentReport: Report<TimeSpentQuery, TimeSpentReportRow> = {
  name: "time-spent",
  title: "reports.timeSpentTitle",
  screen: { page: "time-spent" },
  apiSummary: "How long each account was active, locked, or uncertain on each local day.",
  query: timeSpentQuery,
  columns: ({ group_by, per }, { isManyCompanies }) =>
    timeSpentColumns({
      isPerDay: per === "day",
      isPerComputer: group_by === "user_computer",
      isManyCompanies,
    }),
  filterWords: ({ group_by, split, per }) => [
    ...(per === "range" ? [{ key: "reports.wholePeriod" } as const] : []),
    { key: group_by === "user" ? "reports.groupedByAccount" : "reports.groupedByAccountAndComputer" },
    { key: split === "on" ? "reports.splitAtMidnight" : "reports.withoutMidnight" },
  ],
  totals: (rows) => {
    const { accounts, sessions, ...times } = totalOf(rows);
    const { activeMs, lockedMs, uncertainMs } = exactTimesOf(rows);
    return [
      {
        userName: { key: "reports.totalOfAccounts", values: { count: accounts } },
        ...times,
        activeHours: decimalHours(activeMs),
        lockedHours: decimalHours(lockedMs),
        uncertainHours: decimalHours(uncertainMs),
        sessions,
      },
    ];
  },
};
