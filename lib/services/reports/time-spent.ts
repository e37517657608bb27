import { listCompanyNames } from "@/db/queries/reports/company-names";
import { narrowScope, readSnapshotWithin, readWithin, type CompanyScope } from "@/db/scope";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { TimeSpentReportRow } from "@/lib/domain/reports/time-spent-columns";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import { timeSpentOrder } from "@/lib/domain/reports/time-spent-order";
import { countedRange } from "@/lib/domain/time-spent/compute-stretches";
import { addSpent, type SpentMs } from "@/lib/domain/time-spent/spent-ms";
import type { TimeSpentOptions, TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import type { LocalDate } from "@/lib/domain/zones";
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
  return (await readTimeSpentWithTimes(scope, ask)).rows;
}

/** The same, and what these rows have of each day. */
export async function readTimeSpentWithTimes(
  scope: CompanyScope,
  ask: ReportAsk<TimeSpentQuery>,
): Promise<{ rows: readonly TimeSpentReportRow[]; times: ReadonlyMap<LocalDate, SpentMs> }> {
  const turns = new TakeTurns(TURN_MILLISECONDS, ask.signal);
  const { rows, times } = await readCompanies(scope, ask, turns);
  const order = timeSpentOrder(rows, ask.query.sort);
  return { rows: order === null ? rows : await sortInTurns(rows, order, turns), times };
}

/** Adds to the row instead of copying it, because a year has hundreds of thousands of rows. */
function ofCompany(row: TimeSpentRow, companyId: number, companyName: string): TimeSpentReportRow {
  const whole = row as TimeSpentReportRow;
  whole.companyId = companyId;
  whole.companyName = companyName;
  return whole;
}

async function readCompanies(
  scope: CompanyScope,
  { query, range, zone, now, signal }: ReportAsk<TimeSpentQuery>,
  turns: TakeTurns,
) {
  const { longestSessionHours } = await readSettings();
  const options: TimeSpentOptions = countedRange({
    ...range,
    now,
    maxSessionHours: longestSessionHours,
    timeZone: zone,
    groupBy: query.group_by,
    splitAtMidnight: query.split === "on",
  });
  const companies = await readWithin(scope, (tx) => listCompanyNames(tx, scope));
  const rows: TimeSpentReportRow[] = [];
  const times = new Map<LocalDate, SpentMs>();
  for (const [id, name] of companies) {
    signal?.throwIfAborted();
    const own = narrowScope(scope, id)!;
    const found = await readSnapshotWithin(
      own,
      (tx) => tallyCompany(tx, own, query, options, turns, rows.length),
      signal,
    );
    for (const row of found.rows) rows.push(ofCompany(row, id, name));
    for (const [date, spent] of found.times) {
      const sum = times.get(date);
      if (sum === undefined) times.set(date, spent);
      else addSpent(sum, spent);
    }
  }
  return { rows, times };
}
