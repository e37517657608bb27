import { listCompanyNames } from "@/db/queries/reports/time-spent-names";
import { narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { TimeSpentQuery, TimeSpentReportRow } from "@/lib/domain/reports/time-spent";
import { timeSpentOrder } from "@/lib/domain/reports/time-spent-order";
import type { TimeSpentOptions } from "@/lib/domain/time-spent/time-spent-row";
import { readSettings } from "../settings/read-settings";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns } from "./take-turns";
import { tallyCompany } from "./tally-company";

/** How long agents and pages may have to wait for the next turn of the event loop. */
const TURN_MILLISECONDS = 8;

/**
 * The Time Spent rows of the scope's companies, exactly as the engine tells them, in the order asked for.
 *
 * Filters choose rows and never change the numbers of those that stay, with two exceptions: with `computer` or `site`
 * the time of an account is what it spent on that computer, or on computers that belong to the site now.
 */
export async function readTimeSpent(
  scope: CompanyScope,
  { query, range, zone, now, signal }: ReportAsk<TimeSpentQuery>,
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
  const turns = new TakeTurns(TURN_MILLISECONDS, signal);
  const rows: TimeSpentReportRow[] = [];
  for (const { id, name } of companies) {
    signal?.throwIfAborted();
    const own = narrowScope(scope, id)!;
    const found = await readWithin(own, (tx) => tallyCompany(tx, own, query, options, turns));
    for (const row of found) rows.push(Object.assign(row, { companyId: id, companyName: name }));
  }
  const order = timeSpentOrder(rows, query.sort);
  return order === null ? rows : sortInTurns(rows, order, turns);
}
