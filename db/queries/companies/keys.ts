import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { apiKeys } from "../../schema/companies";
import type { CompanyWriteScope } from "../../scope";

export type ApiKeyRow = typeof apiKeys.$inferSelect;
export type ApiKeyChange = Partial<
  Pick<ApiKeyRow, "description" | "isActive" | "expiresAt" | "scopes" | "deletedAt">
>;

const ofKey = (scope: CompanyWriteScope, keyId: number) =>
  and(eq(apiKeys.companyId, scope.companyId), eq(apiKeys.id, keyId), isNull(apiKeys.deletedAt));

/** A key that is not deleted, locked until the transaction ends; null for every other id. */
export async function lockKey(
  tx: Transaction,
  scope: CompanyWriteScope,
  keyId: number,
): Promise<ApiKeyRow | null> {
  const [row] = await tx.select().from(apiKeys).where(ofKey(scope, keyId)).for("update");
  return row ?? null;
}

/** Those that are not deleted, also when they are disabled or expired. */
export function countKeys(tx: Transaction, { companyId }: CompanyWriteScope): Promise<number> {
  return tx.$count(apiKeys, and(eq(apiKeys.companyId, companyId), isNull(apiKeys.deletedAt)));
}

/** The site of a key that is not deleted, which never changes; null for every other id. */
export async function findSiteOfKey(
  tx: Transaction,
  scope: CompanyWriteScope,
  keyId: number,
): Promise<number | null> {
  const [row] = await tx.select({ siteId: apiKeys.siteId }).from(apiKeys).where(ofKey(scope, keyId));
  return row?.siteId ?? null;
}

export async function updateKey(
  tx: Transaction,
  scope: CompanyWriteScope,
  keyId: number,
  change: ApiKeyChange,
) {
  await tx.update(apiKeys).set(change).where(ofKey(scope, keyId));
}

/** Disables every key of the company, so that its agents stop writing while its data is removed. */
export async function disableAllKeys(tx: Transaction, scope: CompanyWriteScope): Promise<number> {
  const rows = await tx
    .update(apiKeys)
    .set({ isActive: false })
    .where(and(eq(apiKeys.companyId, scope.companyId), eq(apiKeys.isActive, true)))
    .returning({ id: apiKeys.id });
  return rows.length;
}

export interface KeyListRow extends Record<string, unknown> {
  id: number;
  site_id: number;
  site_name: string;
  description: string | null;
  key_digest: Buffer;
  key_encrypted: Buffer;
  scopes: string[];
  is_active: boolean;
  /** Epoch milliseconds, as all below. */
  created_ms: number;
  expires_ms: number | null;
  last_used_ms: number | null;
  /** Requests of the present UTC day, and of all days. */
  accepted_today: number;
  duplicate_today: number;
  rejected_today: number;
  accepted: number;
  duplicate: number;
  rejected: number;
}

/** The company's keys that are not deleted, by site and age, with what their requests came to. */
export function listKeys(tx: Transaction, scope: CompanyWriteScope) {
  return tx.execute<KeyListRow>(sql`
    select k.id, k.site_id, s.name as site_name, k.description, k.key_digest, k.key_encrypted,
      k.scopes, k.is_active,
      extract(epoch from k.created_at) * 1000 as created_ms, extract(epoch from k.expires_at) * 1000 as expires_ms,
      extract(epoch from k.last_used) * 1000 as last_used_ms,
      coalesce(u.accepted_today, 0)::float8 as accepted_today, coalesce(u.duplicate_today, 0)::float8 as duplicate_today,
      coalesce(u.rejected_today, 0)::float8 as rejected_today, coalesce(u.accepted, 0)::float8 as accepted,
      coalesce(u.duplicate, 0)::float8 as duplicate, coalesce(u.rejected, 0)::float8 as rejected
    from app_auth_api_keys k
    join sites s on s.company_id = k.company_id and s.id = k.site_id
    left join (
      select api_key_id, sum(accepted_count) as accepted, sum(duplicate_count) as duplicate,
        sum(rejected_count) as rejected,
        sum(accepted_count) filter (where day = (now() at time zone 'UTC')::date) as accepted_today,
        sum(duplicate_count) filter (where day = (now() at time zone 'UTC')::date) as duplicate_today,
        sum(rejected_count) filter (where day = (now() at time zone 'UTC')::date) as rejected_today
      from api_key_usage where company_id = ${scope.companyId} group by api_key_id
    ) u on u.api_key_id = k.id
    where k.company_id = ${scope.companyId} and k.deleted_at is null
    order by lower(s.name), k.site_id, k.created_at, k.id`);
}
