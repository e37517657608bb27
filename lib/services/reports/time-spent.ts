import { listCompanyNames } from "@/db/queries/reports/company-names";
import { narrowScope, readSnapshotWithin, readWithin, type CompanyScope } from "@/db/scope";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { TimeSpentReportRow } from "@/lib/domain/reports/time-spent-columns";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import { timeSpentOrder } from "@/lib/domain/reports/time-spent-order";
import { foldDays } from "@/lib/domain/reports/time-spent-totals";
import type { TimeSpentOptions, TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import { readSettings } from "../settings/read-settings";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";
import { tallyCompany } from "./tally-company";

/**
 * The Time Spent rows of the scope's companies, exactly as the engine tells them, in the order asked for.
 *
 * Filters choose rows and never change the numbers of those that stay, with two exceptions: with `computer` or `site`
 * the time of an account is what it spent on that computer, or on computers that belong to the site now.
 */
export async function readTimeSpent(
  scope: CompanyScope,
  ask: ReportAsk<TimeSpentQuery>,
): Promise<readonly TimeSpentReportRow[]> {
  const turns = new TakeTurns(TURN_MILLISECONDS, ask.signal);
  const days = await readDays(scope, ask, turns);
  return arrangeDays(days, ask.query, turns);
}

/** The same with a row for each day whatever `per` says, for callers that show both. */
export async function readTimeSpentWithDays(
  scope: CompanyScope,
  ask: ReportAsk<TimeSpentQuery>,
): Promise<{ days: readonly TimeSpentReportRow[]; rows: readonly TimeSpentReportRow[] }> {
  const turns = new TakeTurns(TURN_MILLISECONDS, ask.signal);
  const days = await readDays(scope, ask, turns);
  return { days, rows: await arrangeDays(days, ask.query, turns) };
}

async function arrangeDays(
  days: readonly TimeSpentReportRow[],
  { per, sort }: TimeSpentQuery,
  turns: TakeTurns,
): Promise<readonly TimeSpentReportRow[]> {
  const rows = per === "range" ? foldDays(days) : days;
  const order = timeSpentOrder(rows, sort);
  return order === null ? rows : sortInTurns(rows, order, turns);
}

/** Adds to the row instead of copying it, because a year has hundreds of thousands of rows. */
function ofCompany(row: TimeSpentRow, companyId: number, companyName: string): TimeSpentReportRow {
  const whole = row as TimeSpentRow & { days: number; companyId: number; companyName: string };
  whole.days = 1;
  whole.companyId = companyId;
  whole.companyName = companyName;
  return whole;
}

async function readDays(
  scope: CompanyScope,
  { query, range, zone, now, signal }: ReportAsk<TimeSpentQuery>,
  turns: TakeTurns,
): Promise<readonly TimeSpentReportRow[]> {
  const { longestSessionHours } = await readSettings();
  const options: TimeSpentOptions = {
    ...range,
    now,
    maxSessionHours: longestSessionHours,
    timeZone: zone,
    groupBy: query.group_by,
    splitAtMidnight: query.split === "on",
  };
  const companies = await readWithin(scope, (tx) => listCompanyNames(tx, scope));
  const rows: TimeSpentReportRow[] = [];
  for (const [id, name] of companies) {
    signal?.throwIfAborted();
    const own = narrowScope(scope, id)!;
    const found = await readSnapshotWithin(
      own,
      (tx) => tallyCompany(tx, own, query, options, turns, rows.length),
      signal,
    );
    for (const row of found) rows.push(ofCompany(row, id, name));
  }
  return rows;
}
