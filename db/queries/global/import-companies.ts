import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { apiKeys, companies, sites } from "../../schema/companies";
import { pgArray } from "../pg-array";

const IMPORT_LOCK = 7_208_114_302;

/** Makes a second import wait until this transaction ends. */
export async function lockImports(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
}

export interface KnownKey {
  /** Hex digits. */
  digest: string;
  companyId: number;
  companyName: string;
  siteId: number;
  isDeleted: boolean;
  isActive: boolean;
}

/** The keys among these digests that exist, deleted ones too. Unscoped, because a key tells its company. */
export async function findKeysByDigest(tx: Transaction, digests: readonly Buffer[]): Promise<KnownKey[]> {
  if (digests.length === 0) return [];
  const rows = await tx
    .select({
      digest: apiKeys.keyDigest,
      companyId: apiKeys.companyId,
      companyName: companies.name,
      siteId: apiKeys.siteId,
      deletedAt: apiKeys.deletedAt,
      isActive: apiKeys.isActive,
    })
    .from(apiKeys)
    .innerJoin(companies, eq(companies.id, apiKeys.companyId))
    .where(inArray(apiKeys.keyDigest, [...digests]));
  return rows.map(({ digest, deletedAt, ...key }) => ({
    ...key,
    digest: Buffer.from(digest).toString("hex"),
    isDeleted: deletedAt !== null,
  }));
}

export interface NamedCompany {
  id: number;
  name: string;
  createdAt: Date;
  /** Without events and without members but global administrators, who see every company anyway. */
  isUnused: boolean;
}

/** A company by name in any case. */
export async function findNamedCompany(tx: Transaction, name: string): Promise<NamedCompany | null> {
  const [row] = await tx
    .select({
      id: companies.id,
      name: companies.name,
      createdAt: companies.createdAt,
    })
    .from(companies)
    .where(sql`lower(${companies.name}) = lower(${name})`);
  return row ? { ...row, isUnused: !(await isUsed(tx, row.id)) } : null;
}

/** The name of a company; null for one that was deleted. */
export async function findCompanyName(tx: Transaction, id: number): Promise<string | null> {
  const [row] = await tx.select({ name: companies.name }).from(companies).where(eq(companies.id, id));
  return row?.name ?? null;
}

/** Companies by the millisecond in which they were created, in the order of ids. */
export async function listCompaniesCreatedAt(
  tx: Transaction,
  createdAt: Date,
): Promise<{ id: number; name: string }[]> {
  return tx
    .select({ id: companies.id, name: companies.name })
    .from(companies)
    .where(eq(companies.createdAt, createdAt))
    .orderBy(companies.id);
}

/** Gives a company another moment of creation. */
export async function dateCompany(tx: Transaction, id: number, createdAt: Date): Promise<void> {
  await tx.update(companies).set({ createdAt }).where(eq(companies.id, id));
}

async function isUsed(tx: Transaction, companyId: number): Promise<boolean> {
  const members = await tx.execute(sql`
    select 1 from app_auth_user_companies m join app_auth_users u on u.id = m.user_id
    where m.company_id = ${companyId} and u.role <> 'GlobalAdmin' limit 1`);
  return members.length > 0 || hasEvents(tx, [companyId]);
}

/** Whether any of these companies has an event. */
export async function hasEvents(tx: Transaction, companyIds: Iterable<number>): Promise<boolean> {
  for (const companyId of companyIds) {
    const found = await tx.execute(sql`select 1 from events where company_id = ${companyId} limit 1`);
    if (found.length > 0) return true;
  }
  return false;
}

/** A site that is not deleted, by name in any case. */
export async function findSiteId(tx: Transaction, companyId: number, name: string): Promise<number | null> {
  const [row] = await tx
    .select({ id: sites.id })
    .from(sites)
    .where(
      and(
        eq(sites.companyId, companyId),
        sql`${sites.deletedAt} is null and lower(${sites.name}) = lower(${name})`,
      ),
    );
  return row?.id ?? null;
}

export type ImportedKey = Pick<
  typeof apiKeys.$inferInsert,
  | "companyId"
  | "siteId"
  | "keyDigest"
  | "keyEncrypted"
  | "description"
  | "isActive"
  | "createdAt"
  | "lastUsed"
>;

/** @throws a unique violation when the key exists. */
export async function insertImportedKey(tx: Transaction, key: ImportedKey): Promise<void> {
  await tx.insert(apiKeys).values({ ...key, scopes: ["ingest"] });
}

/** How many of these events, given as parallel arrays, are stored already. */
export async function countStoredEvents(
  tx: Transaction,
  events: readonly { companyId: number; at: number; fingerprint: string }[],
): Promise<number> {
  const [row] = await tx.execute<{ found: number }>(sql`
    select count(*)::int as found
    from unnest(${pgArray(events.map((event) => event.companyId))}::int[],
      ${pgArray(events.map((event) => event.at))}::float8[],
      ${pgArray(events.map((event) => event.fingerprint))}::uuid[]) as sent (company_id, at, fingerprint)
    join events e on e.company_id = sent.company_id and e.occurred_at = to_timestamp(sent.at / 1000.0)
      and e.fingerprint = sent.fingerprint`);
  return row!.found;
}
