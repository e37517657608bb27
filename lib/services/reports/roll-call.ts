import { narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { RollCallQuery } from "@/lib/domain/reports/roll-call";
import { rollCallColumns, type RollCallRow } from "@/lib/domain/reports/roll-call-columns";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import { momentAsked, type WhoWasOnRow } from "@/lib/domain/reports/who-was-on";
import { invalid } from "../tables/parse-params";
import { readSettings } from "../settings/read-settings";
import { presenceAt } from "./presence-at";
import { assertRowsFit } from "./report-bounds";
import type { ReportService } from "../tables/register-report";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

const HOUR_MS = 3_600_000;

/**
 * Every account on any computer at the moment, by the rules of who was on. What began longer than the longest session
 * before the moment is left out, as for "signed in now": for example a computer locked since Friday.
 *
 * @throws AppError `invalid` for a moment still to come.
 */
export const readRollCall = (async (scope, ask) => {
  const { query, zone, now, signal } = ask;
  const at = momentAsked(query, now, zone);
  if (at > now) {
    const message = "must not be in the future";
    throw invalid([{ field: "at", message }]);
  }
  const rows = await readPresent(scope, ask, at);
  const wanted = rows.filter((row) => isWanted(row, query));
  return sortInTurns(wanted, orderOf(query.sort), new TakeTurns(TURN_MILLISECONDS, signal));
}) satisfies ReportService<RollCallQuery, RollCallRow>;

/** One company after another, each in a short transaction of its own. */
async function readPresent(
  scope: CompanyScope,
  { query, now, signal }: ReportAsk<RollCallQuery>,
  at: number,
): Promise<RollCallRow[]> {
  const { longestSessionHours } = await readSettings();
  const asked = {
    accountId: query.account ?? null,
    computerId: query.computer ?? null,
    since: at - longestSessionHours * HOUR_MS,
  };
  const rows: RollCallRow[] = [];
  for (const companyId of scope.companyIds) {
    signal?.throwIfAborted();
    const own = narrowScope(scope, companyId)!;
    const ask = { at, now, maxSessionHours: longestSessionHours };
    const found = await readWithin(own, (tx) => presenceAt(tx, own, asked, ask), signal);
    assertRowsFit(rows.length + found.length);
    for (const row of found) rows.push(toRow(row));
  }
  return rows;
}

function toRow({ opened, ...row }: WhoWasOnRow): RollCallRow {
  const { companyId, companyName, accountId, userName, computerId, computerName, state, since } = row;
  const { siteId, siteName } = opened;
  return {
    companyId,
    companyName,
    siteId,
    siteName,
    accountId,
    userName,
    computerId,
    computerName,
    state,
    since,
  };
}

function isWanted(row: RollCallRow, { site, state, q }: RollCallQuery): boolean {
  if (site !== undefined && row.siteId !== site) return false;
  if (state !== undefined && row.state !== state) return false;
  const search = nameKey(cleanSearch(q ?? ""));
  return nameKey(row.userName).includes(search) || nameKey(row.computerName).includes(search);
}

/** In the order asked for; equal rows stand by company, site, account and computer. */
function orderOf(word: string): (a: RollCallRow, b: RollCallRow) => number {
  const columns = rollCallColumns(true);
  const isBySite = word === "siteName" || word === "-siteName";
  // The sites of several companies may share their names, so the company goes before them.
  const words = [
    ...(isBySite ? ["company", word] : [word, "company", "siteName"]),
    "userName",
    "computerName",
  ];
  const orders = words.map((column) => rowOrder(column, columns)!);
  return (a, b) => {
    for (const order of orders) {
      const step = order(a, b);
      if (step !== 0) return step;
    }
    return a.siteId - b.siteId || a.accountId - b.accountId || a.computerId - b.computerId;
  };
}
