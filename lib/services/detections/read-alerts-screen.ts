import type { AlertListRow, AlertsQuery } from "@/lib/domain/reports/alerts";
import { can } from "@/lib/domain/permissions";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { orFirstPage } from "../fleet/or-first-page";
import { pageAlerts } from "./list-alerts";

const ROWS = 50;

export interface AlertsScreen {
  alerts: AlertListRow[];
  next: string | null;
  mayManage: boolean;
}

/** A page of a company's alerts, the last found first. @throws AccessDenied. */
export async function readAlertsScreen(
  { actor, scope }: CompanyContext,
  query: Partial<AlertsQuery>,
  range: { from: number; to: number } | null,
  after: string,
): Promise<AlertsScreen> {
  assertCan(actor, "alerts:read", scope);
  const page = await orFirstPage(after, (cursor) =>
    pageAlerts(scope, query, range, { after: cursor, limit: ROWS }),
  );
  return { alerts: [...page.rows], next: page.next, mayManage: can(actor, "alerts:manage", scope) };
}
