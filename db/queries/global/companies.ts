import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { apiKeys, companies, sites, tenants } from "../../schema/companies";

/** Unscoped, because the company is only now being made. @throws a unique violation when the name is taken in any case. */
export async function insertCompany(
  tx: Transaction,
  company: { name: string; description: string | null; createdAt?: Date },
): Promise<number> {
  const [row] = await tx.insert(companies).values(company).returning({ id: companies.id });
  await tx.insert(tenants).values({ companyId: row!.id });
  return row!.id;
}

export async function findCompanyIdByName(name: string): Promise<number | null> {
  const [row] = await database()
    .select({ id: companies.id })
    .from(companies)
    .where(sql`lower(${companies.name}) = lower(${name})`);
  return row?.id ?? null;
}

/** Every company's id, by name: for the operator, who sees all of them. */
export async function listCompanyIds(tx: Transaction = database()): Promise<number[]> {
  const rows = await tx.select({ id: companies.id }).from(companies).orderBy(asc(companies.name));
  return rows.map((row) => row.id);
}

export async function companyExists(id: number): Promise<boolean> {
  const rows = await database().select({ id: companies.id }).from(companies).where(eq(companies.id, id));
  return rows.length > 0;
}

/** The usable keys of a company's sites, sealed; for the operator's tools. */
export async function listSiteKeys(companyId: number) {
  return database()
    .select({ siteName: sites.name, keyEncrypted: apiKeys.keyEncrypted })
    .from(sites)
    .innerJoin(apiKeys, and(eq(apiKeys.companyId, sites.companyId), eq(apiKeys.siteId, sites.id)))
    .where(
      and(
        eq(sites.companyId, companyId),
        isNull(sites.deletedAt),
        isNull(apiKeys.deletedAt),
        eq(apiKeys.isActive, true),
      ),
    );
}

/** The names of the companies among these ids that exist, locked against deletion until the transaction ends. */
export async function findCompanyNames(
  tx: Transaction,
  ids: readonly number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: companies.id, name: companies.name })
    .from(companies)
    .where(inArray(companies.id, [...ids]))
    .orderBy(asc(companies.id))
    .for("key share");
  return new Map(rows.map(({ id, name }) => [id, name]));
}
