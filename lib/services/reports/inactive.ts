import { listInactive } from "@/db/queries/reports/inactive";
import { readWithin } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { inactiveColumns, type InactiveRow } from "@/lib/domain/reports/inactive-columns";
import type { InactiveQuery } from "@/lib/domain/reports/inactive";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import { assertRowsFit, mostRowsToRead } from "./report-bounds";
import type { ReportService } from "../tables/register-report";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

const DAY_MS = 86_400_000;

/** Longest silent first, then by name, unless another order is asked for. An account chosen finds no computer, and the other way round. */
export const readInactive = (async (scope, { query, now, signal }) => {
  const { type, days, account, computer, site } = query;
  const [wanted, other] = type === "account" ? [account, computer] : [computer, account];
  if (other !== undefined) return [];
  const filter = {
    type,
    before: now - days * DAY_MS,
    ids: wanted === undefined ? null : [wanted],
    siteId: site ?? null,
    nameContains: nameKey(cleanSearch(query.q ?? "")),
  };
  const rows = await readWithin(scope, (tx) => listInactive(tx, scope, filter, mostRowsToRead()), signal);
  assertRowsFit(rows.length);
  const found = rows.map((row) => ({ ...row, days: Math.floor((now - row.lastSeenAt) / DAY_MS) }));
  const order = rowOrder(query.sort, inactiveColumns(query.type, true));
  return order === null ? found : sortInTurns(found, order, new TakeTurns(TURN_MILLISECONDS, signal));
}) satisfies ReportService<InactiveQuery, InactiveRow>;
