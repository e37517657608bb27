import type { AlertListRow } from "@/lib/domain/reports/alerts";
import type { AlertsQuery } from "@/lib/domain/reports/alerts-query";
import { can } from "@/lib/domain/permissions";
import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { readWithin } from "@/db/scope";
import { assertCan } from "../access/denied";
import { narrowToCompany, type CompanyScope } from "../access/read-access";
import type { ServiceContext } from "../context";
import { orFirstPage } from "../reports/row-page";
import { readSubjectNames, type SubjectNames } from "../reports/screen-surroundings";
import { listAssignees } from "./assign-alerts";
import { countFoundAlerts, pageAlerts } from "./list-alerts";
import { readHeldBack, type HeldBack } from "./read-held-back";

const ROWS = 50;

export interface AlertsScreen extends SubjectNames {
  alerts: AlertListRow[];
  next: string | null;
  /** How many the filters leave; counting stops at 10,000. */
  found: { total: number; isCapped: boolean };
  sites: SiteName[];
  /** Ids of the companies whose alerts the reader may deal with. */
  managed: number[];
  /** Usernames of those alerts can be assigned to: of several companies the reader alone; none for who may not deal with them. */
  assignees: string[];
  /** Rules that have made too many alerts today; not told of several companies. */
  heldBack: HeldBack[];
  /** The username of the one who looks; null for the operator. */
  me: string | null;
}

/** A page of the alerts of one company or several, the last found first unless another order is asked for. @throws AccessDenied. */
export async function readAlertsScreen(
  context: ServiceContext & { scope: CompanyScope },
  query: Partial<AlertsQuery>,
  range: { from: number; to: number } | null,
  after: string,
): Promise<AlertsScreen> {
  const { actor, audit, scope } = context;
  for (const companyId of scope.companyIds) assertCan(actor, "alerts:read", { companyId });
  const [page, found, sites] = await Promise.all([
    orFirstPage(after, (cursor) => pageAlerts(scope, query, range, { after: cursor, limit: ROWS })),
    countFoundAlerts(scope, query, range),
    readWithin(scope, (tx) => listSiteNames(tx, scope)),
  ]);
  const isOfOne = query.account !== undefined || query.computer !== undefined;
  const names = isOfOne
    ? await readWithin(scope, (tx) => readSubjectNames(tx, scope, query))
    : { accountName: null, computerName: null };
  const managed = scope.companyIds.filter((companyId) => can(actor, "alerts:manage", { companyId }));
  const me = audit.actorName;
  return {
    alerts: [...page.rows],
    next: page.next,
    found,
    sites,
    managed,
    me,
    ...names,
    ...(await readOfOne(context, managed.length > 0)),
  };
}

/** What is told of one company alone. */
async function readOfOne(
  context: ServiceContext & { scope: CompanyScope },
  mayManage: boolean,
): Promise<Pick<AlertsScreen, "assignees" | "heldBack">> {
  const { audit, scope } = context;
  const [companyId, ...others] = scope.companyIds;
  const one = companyId === undefined || others.length > 0 ? null : narrowToCompany(scope, companyId);
  if (!one) return { assignees: mayManage && audit.actorName ? [audit.actorName] : [], heldBack: [] };
  return readWithin(one, async (tx) => ({
    assignees: mayManage
      ? (await listAssignees(tx, { ...context, scope: one })).map(({ username }) => username)
      : [],
    heldBack: await readHeldBack(tx, one, Date.now()),
  }));
}
