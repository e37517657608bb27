import { countByBucket } from "@/db/queries/dashboard/event-counts";
import { countActive, listPresent, listSiteActivity } from "@/db/queries/dashboard/today";
import { newestEvents } from "@/db/queries/events/live-events";
import { readWithin, type CompanyScope } from "@/db/scope";
import { chartBuckets, type ChartPoint, type ChartRange } from "@/lib/domain/chart-buckets";
import { FAILURE_KINDS, kindFromCode } from "@/lib/domain/events/kinds";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { presetRange } from "@/lib/domain/reports/report-range";
import { localDateOf, type IanaZone } from "@/lib/domain/zones";
import { readSettings } from "../settings/read-settings";

const FEED_ROWS = 25;
const PRESENT_ROWS = 200;
const MINUTE_MILLISECONDS = 60_000;

export interface PresentPerson {
  companyId: number;
  accountId: number;
  computerId: number;
  userName: string;
  computerName: string;
  siteName: string;
  isActive: boolean;
  /** Epoch milliseconds. */
  sinceAt: number;
  lastEventAt: number;
}

export interface SilentSite {
  companyId: number;
  companyName: string;
  siteId: number;
  siteName: string;
  /** Epoch milliseconds; null when it never sent anything. */
  lastAt: number | null;
}

export interface Dashboard {
  readAt: number;
  hasEvents: boolean;
  eventsToday: number;
  failuresToday: number;
  activeAccounts: number;
  activeComputers: number;
  /** Accounts, each once on however many computers it is. */
  signedInCount: number;
  activeNowCount: number;
  /** The newest of all accounts on each of their computers, and how many there are. */
  present: PresentPerson[];
  presentCount: number;
  silentSites: SilentSite[];
  siteCount: number;
  chart: { unit: "hour" | "day"; points: ChartPoint[]; endsAt: number };
  feed: LiveEvent[];
}

/** Everything the dashboard shows for the scope's companies, "today" being the local day of the zone at `now`. */
export async function readDashboard(
  scope: CompanyScope,
  zone: IanaZone,
  range: ChartRange,
  now: number = Date.now(),
): Promise<Dashboard> {
  const { longestSessionHours } = await readSettings();
  const day = presetRange("today", localDateOf(now, zone), zone);
  const buckets = chartBuckets(range, zone, now);
  return readWithin(scope, async (tx) => {
    const [counts, today, active, present, sites, feed] = await Promise.all([
      countByBucket(tx, scope, buckets.edges),
      countByBucket(tx, scope, [day.from, day.to]),
      countActive(tx, scope, day),
      listPresent(tx, scope, { now, longestSessionHours }, PRESENT_ROWS),
      listSiteActivity(tx, scope),
      newestEvents(tx, scope, FEED_ROWS),
    ]);
    return {
      readAt: now,
      hasEvents: feed.length > 0,
      eventsToday: sum(today),
      failuresToday: sum(today.filter((row) => FAILURE_KINDS.has(kindFromCode(row.kind)))),
      activeAccounts: active.accounts,
      activeComputers: active.computers,
      signedInCount: present[0]?.accounts ?? 0,
      activeNowCount: present[0]?.active_accounts ?? 0,
      present: present.map(toPerson),
      presentCount: present[0]?.total ?? 0,
      silentSites: silentOnes(sites, now),
      siteCount: sites.length,
      chart: { unit: buckets.unit, points: toPoints(buckets.edges, counts), endsAt: buckets.edges.at(-1)! },
      feed,
    };
  });
}

/**
 * Of listSiteActivity's rows, those silent for longer than their companies allow, in the same order. Until a first site of
 * a company reports, none of it counts as silent: the first steps say what is missing. So each list says the same of a
 * site, however many companies it covers.
 */
export function silentOnes(sites: readonly SiteRow[], now: number): SilentSite[] {
  const begun = new Set(sites.flatMap((site) => (site.last_ms === null ? [] : [site.company_id])));
  return sites.filter((site) => begun.has(site.company_id) && isSilent(site, now)).map(toSilentSite);
}

/** The scope's silent sites as {@link silentOnes} counts them, those that never reported first. */
export async function readSilentSites(scope: CompanyScope, now: number = Date.now()): Promise<SilentSite[]> {
  const sites = await readWithin(scope, (tx) => listSiteActivity(tx, scope));
  return silentOnes(sites, now);
}

const sum = (rows: readonly { count: number }[]) => rows.reduce((total, row) => total + row.count, 0);

type PresentRow = Awaited<ReturnType<typeof listPresent>>[number];
type SiteRow = Awaited<ReturnType<typeof listSiteActivity>>[number];

/** A row of listPresent as screens take it. */
export function toPerson(row: PresentRow): PresentPerson {
  return {
    companyId: row.company_id,
    accountId: row.account_id,
    computerId: row.computer_id,
    userName: row.user_name,
    computerName: row.computer_name,
    siteName: row.site_name,
    isActive: row.is_active,
    sinceAt: Number(row.since_ms),
    lastEventAt: Number(row.at_ms),
  };
}

/** Whether a site has been silent for longer than its company allows, or was never heard of. */
export function isSilent(site: SiteRow, now: number): boolean {
  return (
    site.last_ms === null || now - Number(site.last_ms) > site.silent_after_minutes * MINUTE_MILLISECONDS
  );
}

function toSilentSite(row: SiteRow): SilentSite {
  return {
    companyId: row.company_id,
    companyName: row.company_name,
    siteId: row.site_id,
    siteName: row.site_name,
    lastAt: row.last_ms === null ? null : Number(row.last_ms),
  };
}

function toPoints(
  edges: readonly number[],
  rows: readonly { bucketAt: number; kind: number; count: number }[],
) {
  const points = new Map<number, ChartPoint>(edges.slice(0, -1).map((at) => [at, { at, counts: {} }]));
  for (const row of rows) {
    const point = points.get(row.bucketAt);
    if (point) point.counts[kindFromCode(row.kind)] = row.count;
  }
  return [...points.values()];
}
