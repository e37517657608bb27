import { database } from "@/db/client";
import { findCompanyIdByName, listSiteKeys } from "@/db/queries/global/companies";
import { insertApiKey, insertSite } from "@/db/queries/companies/insert-site";
import { findSiteByName } from "@/db/queries/companies/sites";
import { operatorScope } from "@/db/scope";
import { digestOf, seal, unseal } from "@/lib/secret-box";
import type { AuditActor } from "../audit/actor";
import { createCompany, newApiKey } from "./create-company";

export interface DemoSites {
  name: string;
  description: string;
  siteNames: readonly string[];
}

/** Makes the company, its sites, and working keys as far as they do not exist; answers each site's API key by site name. */
export async function ensureDemoSites(actor: AuditActor, demo: DemoSites): Promise<Map<string, string>> {
  const companyId =
    (await findCompanyIdByName(demo.name)) ??
    (await createCompany(actor, { name: demo.name, description: demo.description })).id;
  const keys = new Map<string, string>();
  for (const row of await listSiteKeys(companyId))
    keys.set(row.siteName, unseal(row.keyEncrypted, "api-key"));
  for (const name of demo.siteNames) if (!keys.has(name)) keys.set(name, await addKey(companyId, name));
  return keys;
}

/** A key of the site, which is made unless it is there: deleting a company's data disables its keys. */
async function addKey(companyId: number, name: string): Promise<string> {
  const scope = operatorScope(companyId);
  const apiKey = newApiKey();
  await database().transaction(async (tx) => {
    const siteId = (await findSiteByName(tx, scope, name))?.id ?? (await insertSite(tx, scope, name));
    const key = { keyDigest: digestOf(apiKey), keyEncrypted: seal(apiKey, "api-key") };
    await insertApiKey(tx, scope, { siteId, ...key, description: name, scopes: ["ingest"] });
  });
  return apiKey;
}
