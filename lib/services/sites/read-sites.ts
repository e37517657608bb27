import { listKeys } from "@/db/queries/companies/keys";
import { listSites } from "@/db/queries/companies/sites";
import { listSiteActivity } from "@/db/queries/dashboard/today";
import { readWithin } from "@/db/scope";
import { localDateOf, startOfLocalDay, ianaZone } from "@/lib/domain/zones";
import { silentOnes } from "../dashboard/read-dashboard";
import { openKeyEnd } from "./key-end";
import type { CompanyContext } from "../context";
import { MAX_KEY_DAYS } from "./site-input";

const DAY_MILLISECONDS = 86_400_000;

/** State of a key: usable, disabled, past its expiry, or with an expiry to come. */
export type KeyState = "active" | "disabled" | "expired" | "ending";

export interface KeyView {
  id: number;
  description: string | null;
  /** The last four characters; null when they cannot be read. */
  end: string | null;
  scopes: string[];
  state: KeyState;
  isActive: boolean;
  /** Epoch milliseconds, as all times here. */
  createdAt: number;
  expiresAt: number | null;
  /** From its creation to its expiry in whole days, at least 1, at most what a key may have; null for no expiry. */
  lifeDays: number | null;
  lastUsedAt: number | null;
  /** Requests of the present UTC day, and of all days. */
  today: RequestCounts;
  total: RequestCounts;
}

export interface RequestCounts {
  accepted: number;
  duplicate: number;
  rejected: number;
}

export interface SiteView {
  id: number;
  name: string;
  createdAt: number;
  eventsToday: number;
  eventCount: number;
  computerCount: number;
  lastEventAt: number | null;
  /** Since when a silent site has sent nothing, null where it never reported; undefined while it reports. */
  silentSince: number | null | undefined;
  keys: KeyView[];
}

/** The company's sites by name with their keys, "today" being the local day of the zone; of a key's digits the last four. */
export async function readSites(
  { scope }: Pick<CompanyContext, "scope">,
  timeZone: string,
  now: number = Date.now(),
): Promise<SiteView[]> {
  const zone = ianaZone(timeZone);
  const today = new Date(startOfLocalDay(localDateOf(now, zone), zone));
  return readWithin(scope, async (tx) => {
    const [sites, keys, activity] = await Promise.all([
      listSites(tx, scope, today),
      listKeys(tx, scope),
      listSiteActivity(tx, scope),
    ]);
    const silent = new Map(silentOnes(activity, now).map(({ siteId, lastAt }) => [siteId, lastAt]));
    return sites.map((site) => ({
      id: site.id,
      name: site.name,
      createdAt: Number(site.created_ms),
      eventsToday: site.recent_events,
      eventCount: site.total_events,
      computerCount: site.computer_count,
      lastEventAt: site.last_event_ms === null ? null : Number(site.last_event_ms),
      silentSince: silent.get(site.id),
      keys: keys.filter((key) => key.site_id === site.id).map((key) => keyView(key, now)),
    }));
  });
}

type KeyRow = Awaited<ReturnType<typeof listKeys>>[number];

function keyView(row: KeyRow, now: number): KeyView {
  const expiresAt = row.expires_ms === null ? null : Number(row.expires_ms);
  const createdAt = Number(row.created_ms);
  return {
    id: row.id,
    description: row.description,
    end: openKeyEnd(row.key_encrypted),
    scopes: row.scopes,
    isActive: row.is_active,
    state: keyState(row.is_active, expiresAt, now),
    createdAt,
    expiresAt,
    lifeDays: expiresAt === null ? null : lifeDaysOf(expiresAt - createdAt),
    lastUsedAt: row.last_used_ms === null ? null : Number(row.last_used_ms),
    today: { accepted: row.accepted_today, duplicate: row.duplicate_today, rejected: row.rejected_today },
    total: { accepted: row.accepted, duplicate: row.duplicate, rejected: row.rejected },
  };
}

function lifeDaysOf(milliseconds: number): number {
  return Math.min(MAX_KEY_DAYS, Math.max(1, Math.round(milliseconds / DAY_MILLISECONDS)));
}

export function keyState(isActive: boolean, expiresAt: number | null, now: number): KeyState {
  if (!isActive) return "disabled";
  if (expiresAt === null) return "active";
  return expiresAt <= now ? "expired" : "ending";
}
