import { and, eq, isNull } from "drizzle-orm";
import { database } from "../../client";
import { apiKeys } from "../../schema/companies";

export interface ApiKeyRecord {
  id: number;
  companyId: number;
  siteId: number;
  scopes: readonly string[];
  isActive: boolean;
  expiresAt: Date | null;
}

/** Unscoped, because the key is what tells the company. Deleted keys are unknown. */
export async function findApiKeyByDigest(digest: Buffer): Promise<ApiKeyRecord | null> {
  const [row] = await database()
    .select({
      id: apiKeys.id,
      companyId: apiKeys.companyId,
      siteId: apiKeys.siteId,
      scopes: apiKeys.scopes,
      isActive: apiKeys.isActive,
      expiresAt: apiKeys.expiresAt,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.keyDigest, digest), isNull(apiKeys.deletedAt)))
    .limit(1);
  return row ?? null;
}
