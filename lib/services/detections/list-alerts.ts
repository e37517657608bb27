import { listAlerts } from "@/db/queries/detections/read-alerts";
import { readWithin, type CompanyScope } from "@/db/scope";
import { nameKey } from "@/lib/domain/events/wire";
import type { AlertListRow } from "@/lib/domain/reports/alerts";
import type { AlertsQuery } from "@/lib/domain/reports/alerts-query";
import type { RowPage, RowPageAsk } from "../reports/row-page";
import { pageOf, readCursor } from "../reports/sort-cursor";

const ORDER = "-id";

/**
 * A page of the scope's alerts, the last found first. `range`: epoch milliseconds, null for all.
 *
 * @throws AppError `invalid` for a cursor that is none of this list.
 */
export async function pageAlerts(
  scope: CompanyScope,
  { rule, severity, state, account, computer, subject, assignee }: Partial<AlertsQuery>,
  range: { from: number; to: number } | null,
  { after, limit, signal }: RowPageAsk,
): Promise<RowPage<AlertListRow>> {
  const place = readCursor(after, ORDER, scope);
  const match = {
    rule,
    severity,
    state,
    account,
    computer,
    subject: subject && nameKey(subject),
    assignee,
    range,
  };
  const read = readWithin(scope, (tx) => listAlerts(tx, scope, match, place, limit + 1), signal);
  return pageOf(await read, limit, ORDER);
}
