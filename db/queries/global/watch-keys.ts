import { sql } from "drizzle-orm";
import { database } from "../../client";

/** A key as notifications name it. */
export interface WatchedKey extends Record<string, unknown> {
  companyId: number;
  keyId: number;
  description: string | null;
  siteId: number;
  site: string;
  /** Epoch milliseconds. */
  createdAt: number;
  expiresAt: number | null;
}

const keySql = sql`k.company_id as "companyId", k.id as "keyId", k.description, s.id as "siteId", s.name as site,
  (extract(epoch from k.created_at) * 1000)::float8 as "createdAt",
  (extract(epoch from k.expires_at) * 1000)::float8 as "expiresAt"`;
const siteJoin = sql`join sites s on s.company_id = k.company_id and s.id = k.site_id`;

/** Usable keys that expire between the instants, the soonest first. */
export async function listExpiringKeys(from: Date, to: Date): Promise<WatchedKey[]> {
  const rows = await database().execute<WatchedKey>(sql`
    select ${keySql} from app_auth_api_keys k ${siteJoin}
    where k.deleted_at is null and k.is_active and k.expires_at > ${from.toISOString()}
      and k.expires_at <= ${to.toISOString()}
    order by k.company_id, k.expires_at, k.id`);
  return [...rows];
}

export interface RefusedKey extends WatchedKey {
  count: number;
  /** The UTC day, `YYYY-MM-DD`. */
  day: string;
  isActive: boolean;
  maySendEvents: boolean;
}

/** Keys refused at least so often on the UTC day of the instant. */
export async function listRefusedKeys(at: Date, least: number): Promise<RefusedKey[]> {
  const day = at.toISOString().slice(0, 10);
  const rows = await database().execute<RefusedKey>(sql`
    select ${keySql}, u.refused_count::float8 as count, u.day::text as day, k.is_active as "isActive",
      'ingest' = any(k.scopes) as "maySendEvents"
    from app_auth_companies co join api_key_usage u on u.company_id = co.id and u.day = ${day}
    join app_auth_api_keys k on k.company_id = u.company_id and k.id = u.api_key_id ${siteJoin}
    where u.refused_count >= ${least} and k.deleted_at is null
    order by k.company_id, k.id`);
  return [...rows];
}
