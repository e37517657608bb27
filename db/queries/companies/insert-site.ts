import type { Transaction } from "../../client";
import { apiKeys, sites } from "../../schema/companies";
import type { CompanyWriteScope } from "../../scope";

export interface NewApiKey {
  siteId: number;
  keyDigest: Buffer;
  keyEncrypted: Buffer;
  description: string;
  scopes: string[];
  expiresAt?: Date | null;
}

export async function insertSite(tx: Transaction, scope: CompanyWriteScope, name: string): Promise<number> {
  const [site] = await tx
    .insert(sites)
    .values({ companyId: scope.companyId, name })
    .returning({ id: sites.id });
  return site!.id;
}

export async function insertApiKey(
  tx: Transaction,
  scope: CompanyWriteScope,
  key: NewApiKey,
): Promise<number> {
  const [row] = await tx
    .insert(apiKeys)
    .values({ companyId: scope.companyId, ...key })
    .returning({ id: apiKeys.id });
  return row!.id;
}
