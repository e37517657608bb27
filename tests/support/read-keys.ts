import { database } from "@/db/client";
import { insertApiKey } from "@/db/queries/companies/insert-site";
import { digestOf, seal } from "@/lib/secret-box";
import { newApiKey } from "@/lib/services/companies/create-company";
import type { TestCompany } from "./stored-events";

/** Gives a test company a further API key and returns its digits. */
export async function makeKey(
  { scope, siteIds }: TestCompany,
  { scopes = ["read"], isActive = true }: { scopes?: string[]; isActive?: boolean } = {},
): Promise<string> {
  const key = newApiKey();
  const secret = { keyDigest: digestOf(key), keyEncrypted: seal(key, "api-key") };
  const id = await insertApiKey(database(), scope, {
    siteId: siteIds[0]!,
    ...secret,
    description: "read",
    scopes,
  });
  if (!isActive) {
    await database().execute(
      `update app_auth_api_keys set is_active = false where company_id = ${scope.companyId} and id = ${id}`,
    );
  }
  return key;
}
