import { listPresent } from "@/db/queries/dashboard/today";
import { listFailuresOf, type AccountFailure } from "@/db/queries/fleet/account-failures";
import { listComputersOf, type AcquaintanceList } from "@/db/queries/fleet/acquaintances";
import { narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import { chartBuckets } from "@/lib/domain/chart-buckets";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { AccountRow } from "@/lib/domain/reports/account-columns";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import type { IanaZone } from "@/lib/domain/zones";
import { AccessDenied } from "../access/denied";
import { listOpenAlerts, type OpenAlerts } from "../detections/open-alerts";
import { toPerson, type PresentPerson } from "../dashboard/read-dashboard";
import { pageAccounts } from "../reports/accounts";
import { lastEventsOf } from "./last-events";
import { readTagsOf, type TagsOfOne } from "../tags/read-tags";
import { presenceMoment } from "./presence-moment";

export interface AccountDetail {
  account: AccountRow;
  present: PresentPerson[];
  computers: AcquaintanceList;
  events: EventRow[];
  /** Of the last 30 local days, the newest first. */
  failures: { rows: AccountFailure[]; total: number };
  openAlerts: OpenAlerts;
  tagging: TagsOfOne;
}

const MOST_COMPUTERS = 25;
const MOST_PRESENT = 100;
const MOST_FAILURES = 10;
const MOST_ALERTS = 5;

/** One account with what is known of it. @throws AccessDenied `not_found` when the scope holds no such account. */
export async function readAccount(
  scope: CompanyScope,
  accountId: number,
  zone: IanaZone,
  now: number,
): Promise<AccountDetail> {
  const query = { ...accountsQuery.parse({}), account: accountId };
  const ask = { query, range: { from: 0, to: now }, zone, now };
  const [account] = (await pageAccounts(scope, ask, { after: null, limit: 1 })).rows;
  const own = account && narrowScope(scope, account.companyId);
  if (!own) {
    const attempt = { action: "events:read", companyId: null, targetType: "account", targetId: accountId };
    throw new AccessDenied("not_found", attempt);
  }
  const from = new Date(chartBuckets("30d", zone, now).edges[0]!);
  const moment = await presenceMoment(now);
  const [known, events, openAlerts, tagging] = await Promise.all([
    readWithin(own, (tx) =>
      Promise.all([
        listPresent(tx, own, moment, MOST_PRESENT, { accountId }),
        listComputersOf(tx, own, accountId, MOST_COMPUTERS),
        listFailuresOf(tx, own, accountId, from, MOST_FAILURES),
      ]),
    ),
    lastEventsOf(own, { accountId }, zone, now),
    listOpenAlerts(own, { account: accountId }, MOST_ALERTS),
    readTagsOf(own, "accounts", accountId),
  ]);
  const [present, computers, failures] = known;
  return { account, present: present.map(toPerson), computers, events, failures, openAlerts, tagging };
}
