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
import { reportQueryShape } from "./report-query";

export const timeSpentQuery = z.object({
  ...reportQueryShape,
  site: reportQueryShape.site.meta({
    description: "The id of a site: only time on computers that belong to it now.",
  }),
  computer: reportQueryShape.computer.meta({
    description: "The id of a computer: only time on that computer.",
  }),
  q: reportQueryShape.q.meta({
    description:
      "Contained in a name of the row, in any case: the account, and with group_by=user_computer the computer.",
  }),
  group_by: z.enum(["user", "user_computer"]).default("user").meta({
    description: "A row for each account, its computers united, or one for each of its computers.",
  }),
  split: z.enum(["on", "off"]).default("on").meta({
    description: "Whether a stretch that crosses a local midnight is split there, or left out.",
  }),
  per: z.enum(["day", "range"]).default("day").meta({
    description: "A row for each local day, or one for the whole range, with `days` instead of `date`.",
  }),
  sort: z.enum(sortWordsOf(TIME_SPENT_COLUMNS)).default("-date").meta({
    description:
      "A column, with - before it the other way round; rows equal in it stand newest day first, then by account.",
  }),
});
export type TimeSpentQuery = z.output<typeof timeSpentQuery>;

export const timeSpentReport: Report<TimeSpentQuery, TimeSpentReportRow> = {
  name: "time-spent",
  title: "Time Spent",
  summary: "How long each account was active, locked and uncertain on each local day.",
  query: timeSpentQuery,
  columns: ({ group_by, per }, { isManyCompanies }) =>
    timeSpentColumns({
      isPerDay: per === "day",
      isPerComputer: group_by === "user_computer",
      isManyCompanies,
    }),
  filterWords: ({ group_by, split, per }) => [
    ...(per === "range" ? ["Totals of the whole range"] : []),
    group_by === "user" ? "Grouped by user" : "Grouped by user and computer",
    split === "on" ? "Split at midnight" : "Without sessions that cross midnight",
  ],
  totals: (rows) => {
    const { accounts, sessions, ...times } = totalOf(rows);
    const { activeMs, lockedMs, uncertainMs } = exactTimesOf(rows);
    return [
      {
        userName: `Total of ${accounts.toLocaleString("en")} ${accounts === 1 ? "account" : "accounts"}`,
        ...times,
        activeHours: decimalHours(activeMs),
        lockedHours: decimalHours(lockedMs),
        uncertainHours: decimalHours(uncertainMs),
        sessions,
      },
    ];
  },
};
