import {
  countAlerts,
  LAST_FOUND_FIRST,
  listAlerts,
  type AlertMatch,
} from "@/db/queries/detections/read-alerts";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { AlertListRow } from "@/lib/domain/reports/alerts";

/** Counted up to this number; beyond it, the exact number doesn't matter. */
export const MOST_COUNTED = 1_000;

export interface OpenAlerts {
  /** The last found first. */
  alerts: AlertListRow[];
  /** At most {@link MOST_COUNTED}. */
  total: number;
}

/** The newest open alerts of the scope's companies, an account or a computer. */
export function listOpenAlerts(
  scope: CompanyScope,
  about: Pick<AlertMatch, "account" | "computer">,
  limit: number,
): Promise<OpenAlerts> {
  const match = { ...about, state: "open" };
  return readWithin(scope, async (tx) => {
    const rows = await listAlerts(tx, scope, match, LAST_FOUND_FIRST, limit);
    const alerts = rows.map(({ row }) => row);
    const total = alerts.length < limit ? alerts.length : await countAlerts(tx, scope, match, MOST_COUNTED);
    return { alerts, total };
  });
}
