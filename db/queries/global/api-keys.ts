import { and, inArray, isNull } from "drizzle-orm";
import { lookUp } from "../../look-up";
import { apiKeys } from "../../schema/companies";

export interface ApiKeyRecord {
  id: number;
  companyId: number;
  siteId: number;
  scopes: readonly string[];
  isActive: boolean;
  expiresAt: Date | null;
}

/** By digest in hex. Unscoped, because the key is what tells the company. Deleted keys are unknown. */
export async function findApiKeysByDigest(digests: readonly Buffer[]): Promise<Map<string, ApiKeyRecord>> {
  const rows = await lookUp(async (db) =>
    db
      .select({
        digest: apiKeys.keyDigest,
        id: apiKeys.id,
        companyId: apiKeys.companyId,
        siteId: apiKeys.siteId,
        scopes: apiKeys.scopes,
        isActive: apiKeys.isActive,
        expiresAt: apiKeys.expiresAt,
      })
      .from(apiKeys)
      .where(and(inArray(apiKeys.keyDigest, [...digests]), isNull(apiKeys.deletedAt))),
  );
  return new Map(rows.map(({ digest, ...key }) => [digest.toString("hex"), key]));
}
