import { countLogons } from "@/db/queries/reports/logons";
import { countByQuarter } from "@/db/queries/reports/quarter-counts";
import { readWithin } from "@/db/scope";
import { START_KINDS } from "@/lib/domain/events/kinds";
import { sumByHourOfWeek } from "@/lib/domain/hour-of-week";
import type { LogonHourRow } from "@/lib/domain/reports/logon-hours";
import { LOGON_COLUMNS, type LogonRow } from "@/lib/domain/reports/logon-columns";
import type { LogonsQuery } from "@/lib/domain/reports/logons";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import { assertRowsFit, mostRowsToRead } from "./report-bounds";
import { resolveReportMatch } from "./report-match";
import type { ReportService } from "../tables/register-report";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

/** Most logons first, then most of all that starts time, then by name; another order begins with what it asks for. */
export const readLogons = (async (scope, ask) => {
  const rows = await readWithin(
    scope,
    async (tx) => {
      const match = await resolveReportMatch(tx, scope, ask, []);
      return countLogons(tx, match, ask.query.group_by, mostRowsToRead());
    },
    ask.signal,
  );
  assertRowsFit(rows.length);
  const order = rowOrder(ask.query.sort, LOGON_COLUMNS);
  return order === null ? rows : sortInTurns(rows, order, new TakeTurns(TURN_MILLISECONDS, ask.signal));
}) satisfies ReportService<LogonsQuery, LogonRow>;

/** All 168 hours of the week, Monday 00:00 first; counts every kind that starts time, as the Logons report does. */
export const readLogonHours = (async (scope, ask) => {
  const quarters = await readWithin(
    scope,
    async (tx) => countByQuarter(tx, await resolveReportMatch(tx, scope, ask, [...START_KINDS])),
    ask.signal,
  );
  return sumByHourOfWeek(quarters, ask.zone).flatMap((hours, weekday) =>
    hours.map((logons, hour) => ({ weekday, hour, logons })),
  );
}) satisfies ReportService<ReportQuery, LogonHourRow>;
