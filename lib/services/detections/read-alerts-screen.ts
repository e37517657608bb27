import type { AlertListRow } from "@/lib/domain/reports/alerts";
import type { AlertsQuery } from "@/lib/domain/reports/alerts-query";
import { can } from "@/lib/domain/permissions";
import { readWithin } from "@/db/scope";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { orFirstPage } from "../reports/row-page";
import { listAssignees } from "./assign-alerts";
import { pageAlerts } from "./list-alerts";
import { readHeldBack, type HeldBack } from "./read-held-back";

const ROWS = 50;

export interface AlertsScreen {
  alerts: AlertListRow[];
  next: string | null;
  mayManage: boolean;
  /** Usernames of those alerts can be assigned to; none for who may not deal with them. */
  assignees: string[];
  /** Rules that have made too many alerts today. */
  heldBack: HeldBack[];
  /** The username of the one who looks; null for the operator. */
  me: string | null;
}

/** A page of a company's alerts, the last found first. @throws AccessDenied. */
export async function readAlertsScreen(
  context: CompanyContext,
  query: Partial<AlertsQuery>,
  range: { from: number; to: number } | null,
  after: string,
): Promise<AlertsScreen> {
  const { actor, audit, scope } = context;
  assertCan(actor, "alerts:read", scope);
  const page = await orFirstPage(after, (cursor) =>
    pageAlerts(scope, query, range, { after: cursor, limit: ROWS }),
  );
  const mayManage = can(actor, "alerts:manage", scope);
  const { assignees, heldBack } = await readWithin(scope, async (tx) => ({
    assignees: mayManage ? await listAssignees(tx, context) : [],
    heldBack: await readHeldBack(tx, scope, Date.now()),
  }));
  return {
    alerts: [...page.rows],
    next: page.next,
    mayManage,
    assignees: assignees.map(({ username }) => username),
    heldBack,
    me: audit.actorName,
  };
}
