import type { Transaction } from "@/db/client";
import {
  countAlerts,
  findFoundPlace,
  listAlerts,
  type AlertMatch,
  type AlertOrder,
} from "@/db/queries/detections/read-alerts";
import { readWithin, type CompanyScope } from "@/db/scope";
import { nameKey } from "@/lib/domain/events/wire";
import { decodeSortCursor, type SortCursor } from "@/lib/domain/list-page";
import { ALERT_SORTS, LAST_FOUND_SORT, type AlertListRow } from "@/lib/domain/reports/alerts";
import type { AlertsQuery } from "@/lib/domain/reports/alerts-query";
import { readPageWithin, type MovingPageAsk } from "../reports/all-rows";
import type { RowPage } from "../reports/row-page";
import { pageOf, readCursor, sortOf } from "../reports/sort-cursor";

const MOST_COUNTED = 10_000;

function matchOf(
  { rule, severity, state, site, account, computer, subject, assignee }: Partial<AlertsQuery>,
  range: { from: number; to: number } | null,
): AlertMatch {
  const named = subject && nameKey(subject);
  return { rule, severity, state, site, account, computer, subject: named, assignee, range };
}

/** How many alerts the query finds; counting stops at 10,000. */
export async function countFoundAlerts(
  scope: CompanyScope,
  query: Partial<AlertsQuery>,
  range: { from: number; to: number } | null,
): Promise<{ total: number; isCapped: boolean }> {
  const match = matchOf(query, range);
  const total = await readWithin(scope, (tx) => countAlerts(tx, scope, match, MOST_COUNTED));
  return { total, isCapped: total === MOST_COUNTED };
}

/** What the order by when alerts were found was called while it was the only one. */
const EARLIER_SORT = "-id";

/** The place a cursor stands for, also one that an earlier release gave to a program that reads on after the update. */
function readPlace(after: string | null, sort: string, scope: CompanyScope): SortCursor | null {
  const isEarlier =
    sort === LAST_FOUND_SORT && after !== null && decodeSortCursor(after, EARLIER_SORT) !== null;
  return readCursor(after, isEarlier ? EARLIER_SORT : sort, scope);
}

/** Cursors of earlier releases stand for the place by id. As an instant, an id would be in the January of 1970. */
async function placeByTime(
  tx: Transaction,
  scope: CompanyScope,
  { by, isDescending, after }: AlertOrder,
): Promise<AlertOrder["after"]> {
  if (by !== "createdAt" || after === null || after.key !== after.id) return after;
  const place = await findFoundPlace(tx, scope, after.id);
  if (!place) return isDescending ? { ...after, key: 0 } : null;
  // Of one that is gone, the alert found before it is behind it in one direction, and before it in the other.
  return { ...after, key: place.key, id: isDescending ? after.id : place.id };
}

/**
 * A page of the scope's alerts in the order asked for. `range`: epoch milliseconds, null for all.
 *
 * @throws AppError `invalid` for a cursor of another list or order.
 */
export async function pageAlerts(
  scope: CompanyScope,
  query: Partial<AlertsQuery>,
  range: { from: number; to: number } | null,
  page: MovingPageAsk,
): Promise<RowPage<AlertListRow>> {
  const { sort = LAST_FOUND_SORT } = query;
  const { after, limit } = page;
  const order = { ...sortOf(sort, ALERT_SORTS), after: readPlace(after, sort, scope) };
  const match = matchOf(query, range);
  const read = async (tx: Transaction) => {
    const placed = { ...order, after: await placeByTime(tx, scope, order) };
    return listAlerts(tx, scope, match, placed, limit + 1);
  };
  const found = await readPageWithin(scope, read, page);
  return pageOf(found, limit, sort);
}
