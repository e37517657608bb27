import { listPresent } from "@/db/queries/dashboard/today";
import { listUsersOf, type AcquaintanceList } from "@/db/queries/fleet/acquaintances";
import {
  listVersionsSeen,
  readComputerDays,
  type ComputerDay,
  type VersionSeen,
} from "@/db/queries/fleet/computer-history";
import { narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import { chartBuckets } from "@/lib/domain/chart-buckets";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { ComputerRow } from "@/lib/domain/reports/computer-columns";
import { computersQuery } from "@/lib/domain/reports/computers";
import type { IanaZone } from "@/lib/domain/zones";
import { AccessDenied } from "../access/denied";
import { listOpenAlerts, type OpenAlerts } from "../detections/open-alerts";
import { toPerson, type PresentPerson } from "../dashboard/read-dashboard";
import { latestAgentVersion, pageComputers } from "../reports/computers";
import { readTagsOf, type TagsOfOne } from "../tags/read-tags";
import { presenceMoment } from "./presence-moment";
import { lastEventsOf } from "./last-events";

export interface ComputerDetail {
  computer: ComputerRow;
  latestVersion: string | null;
  present: PresentPerson[];
  users: AcquaintanceList;
  events: EventRow[];
  /** The last 30 local days, oldest first. */
  days: ComputerDay[];
  versions: VersionSeen[];
  openAlerts: OpenAlerts;
  tagging: TagsOfOne;
}

const MOST_USERS = 25;
const MOST_PRESENT = 100;
const MOST_ALERTS = 5;

/** One computer with what is known of it. @throws AccessDenied `not_found` when the scope holds no such computer. */
export async function readComputer(
  scope: CompanyScope,
  computerId: number,
  zone: IanaZone,
  now: number,
): Promise<ComputerDetail> {
  const query = { ...computersQuery.parse({}), computer: computerId };
  const ask = { query, range: { from: 0, to: now }, zone, now };
  const [computer] = (await pageComputers(scope, ask, { after: null, limit: 1 })).rows;
  const own = computer && narrowScope(scope, computer.companyId);
  if (!own) {
    const attempt = { action: "events:read", companyId: null, targetType: "computer", targetId: computerId };
    throw new AccessDenied("not_found", attempt);
  }
  const { edges } = chartBuckets("30d", zone, now);
  const moment = await presenceMoment(now);
  const [known, events, latestVersion, openAlerts, tagging] = await Promise.all([
    readWithin(own, (tx) =>
      Promise.all([
        listPresent(tx, own, moment, MOST_PRESENT, { computerId }),
        listUsersOf(tx, own, computerId, MOST_USERS),
        readComputerDays(tx, own, computerId, edges),
        listVersionsSeen(tx, own, computerId, new Date(edges[0]!)),
      ]),
    ),
    lastEventsOf(own, { computerId }, zone, now),
    latestAgentVersion(),
    listOpenAlerts(own, { computer: computerId }, MOST_ALERTS),
    readTagsOf(own, "computers", computerId),
  ]);
  const [present, users, days, versions] = known;
  return {
    computer,
    latestVersion,
    present: present.map(toPerson),
    users,
    events,
    days,
    versions,
    openAlerts,
    tagging,
  };
}
