import { listSiteKeys, type SiteKeyListRow } from "@/db/queries/reports/site-keys";
import { listSiteActivity } from "@/db/queries/dashboard/today";
import { readWithin, type CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { SiteKeysQuery } from "@/lib/domain/reports/site-keys";
import { SITE_KEY_COLUMNS, type SiteKeyRow } from "@/lib/domain/reports/site-key-columns";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import { silentOnes } from "../dashboard/read-dashboard";
import { openKeyEnd } from "../sites/key-end";
import { keyState } from "../sites/read-sites";
import { assertRowsFit, mostRowsToRead } from "./report-bounds";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

/** The sites of the scope's companies with their keys, in the order asked for. Of a key's digits the last four. */
export async function readSiteKeys(
  scope: CompanyScope,
  { query, now, signal }: ReportAsk<SiteKeysQuery>,
): Promise<readonly SiteKeyRow[]> {
  const [found, sites] = await readWithin(
    scope,
    (tx) =>
      Promise.all([
        listSiteKeys(tx, scope, query.site ?? null, mostRowsToRead()),
        listSiteActivity(tx, scope),
      ]),
    signal,
  );
  assertRowsFit(found.length);
  const silent = new Map(silentOnes(sites, now).map(({ siteId, lastAt }) => [siteId, lastAt]));
  const reported = new Set(sites.flatMap(({ site_id: id, last_ms: at }) => (at === null ? [] : [id])));
  const rows = found
    .map((row) => toRow(row, { silent, reported }, now))
    .filter((row) => isWanted(row, query));
  return sortInTurns(rows, rowOrder(query.sort, SITE_KEY_COLUMNS)!, new TakeTurns(TURN_MILLISECONDS, signal));
}

const numberOf = (value: number | null) => (value === null ? null : Number(value));

interface Heard {
  /** Sites that are silent, with when they were heard last. */
  silent: ReadonlyMap<number, number | null>;
  /** Sites that were ever heard. */
  reported: ReadonlySet<number>;
}

function toRow(row: SiteKeyListRow, { silent, reported }: Heard, now: number): SiteKeyRow {
  const expiresAt = numberOf(row.expires_ms);
  return {
    companyId: row.company_id,
    companyName: row.company_name,
    siteId: row.site_id,
    siteName: row.site_name,
    keyId: row.key_id,
    description: row.description,
    end: row.key_encrypted && openKeyEnd(row.key_encrypted),
    scopes: row.scopes ?? [],
    state: row.is_active === null ? "none" : keyState(row.is_active, expiresAt, now),
    createdAt: numberOf(row.created_ms),
    expiresAt,
    lastUsedAt: numberOf(row.last_used_ms),
    acceptedToday: row.accepted_today,
    rejectedToday: row.rejected_today,
    computers: row.computer_count,
    lastEventAt: numberOf(row.last_event_ms),
    health: silent.has(row.site_id) ? "silent" : reported.has(row.site_id) ? "reporting" : null,
    silentSince: silent.get(row.site_id) ?? null,
  };
}

function isWanted(row: SiteKeyRow, { state, health, q }: SiteKeysQuery): boolean {
  if (health !== undefined && row.health !== health) return false;
  if (state !== undefined && row.state !== state) return false;
  const text = cleanSearch(q ?? "");
  const search = nameKey(text);
  const names = [row.companyName, row.siteName, row.description ?? ""];
  return (
    names.some((name) => nameKey(name).includes(search)) ||
    (row.end !== null && row.end === text.toLowerCase())
  );
}
