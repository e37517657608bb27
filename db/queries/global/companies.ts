import { and, eq, isNull, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { apiKeys, companies, sites } from "../../schema/companies";

/** Unscoped, because the company is only now being made. @throws a unique violation when the name is taken in any case. */
export async function insertCompany(
  tx: Transaction,
  company: { name: string; description: string | null },
): Promise<number> {
  const [row] = await tx.insert(companies).values(company).returning({ id: companies.id });
  return row!.id;
}

export async function findCompanyIdByName(name: string): Promise<number | null> {
  const [row] = await database()
    .select({ id: companies.id })
    .from(companies)
    .where(sql`lower(${companies.name}) = lower(${name})`);
  return row?.id ?? null;
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
