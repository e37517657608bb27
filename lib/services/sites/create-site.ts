import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany } from "@/db/queries/companies/company";
import { insertApiKey, insertSite } from "@/db/queries/companies/insert-site";
import { countKeys } from "@/db/queries/companies/keys";
import { countSites } from "@/db/queries/companies/sites";
import type { Transaction } from "@/db/client";
import { writeWithin } from "@/db/scope";
import type { ApiScope } from "@/lib/domain/api-scopes";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { digestOf, seal } from "@/lib/secret-box";
import { newApiKey } from "../companies/create-company";
import type { CompanyContext } from "../context";
import { notify } from "../notifications/notify";
import { companyAudit } from "../audit/company-audit";
import { keyAudit } from "./key-audit";
import type { newSiteInput } from "./site-input";

/**
 * Far more than a company needs: keys of all companies share the memory of each server. An import may go beyond.
 */
export const MOST_SITES = 2_000;
export const MOST_KEYS = 10_000;

/**
 * Makes a site with a key that may send events. @throws AppError `conflict` when the name is taken, and at 2,000 sites or
 * 10,000 keys.
 */
export async function createSite(
  context: CompanyContext,
  { name }: z.output<typeof newSiteInput>,
): Promise<{ siteId: number }> {
  const { scope } = context;
  try {
    return await writeWithin(scope, async (tx) => {
      if (!(await lockCompany(tx, scope))) throw new AppError("not_found", { key: "errors.companyNotFound" });
      if ((await countSites(tx, scope)) >= MOST_SITES) {
        throw new AppError("conflict", { key: "errors.tooManySites", values: { max: MOST_SITES } });
      }
      const siteId = await insertSite(tx, scope, name);
      await insertAuditRow(tx, {
        ...companyAudit(context, "site.create", "site", { id: siteId, name }),
        after: { name },
      });
      const site = { id: siteId, name };
      await addKey(tx, context, { site, description: name, scopes: ["ingest"], expiresAt: null });
      return { siteId };
    });
  } catch (error) {
    if (isUniqueViolation(error, "sites_name_key")) throw siteNameTaken(name);
    throw error;
  }
}

export function siteNameTaken(name: string): AppError {
  return new AppError("conflict", { key: "errors.siteNameTaken", values: { name } }, [
    { field: "name", message: { key: "errors.nameTaken" } },
  ]);
}

export interface KeyToAdd {
  site: { id: number; name: string };
  description: string;
  scopes: readonly ApiScope[];
  expiresAt: Date | null;
  /** The key it takes the place of, which is told instead of a new one. */
  replaces?: { id: number; description: string | null; endsAt: Date };
}

/**
 * Makes a key within the caller's transaction; the 64 digits are in the answer and in no log. Of two at once, one may be
 * beyond the limit. @throws AppError `conflict` at 10,000 keys.
 */
export async function addKey(
  tx: Transaction,
  context: CompanyContext,
  { site, description, scopes, expiresAt, replaces }: KeyToAdd,
): Promise<{ id: number; key: string }> {
  if ((await countKeys(tx, context.scope)) >= MOST_KEYS) {
    throw new AppError("conflict", { key: "errors.tooManyKeys", values: { max: MOST_KEYS } });
  }
  const key = newApiKey();
  const secret = { keyDigest: digestOf(key), keyEncrypted: seal(key, "api-key") };
  const row = { siteId: site.id, description, scopes: [...scopes], expiresAt };
  const id = await insertApiKey(tx, context.scope, { ...row, ...secret });
  await insertAuditRow(tx, { ...keyAudit(context, "api-key.create", { id, description }), after: row });
  const by = context.audit.actorName;
  if (replaces) {
    const endsAt = replaces.endsAt.toISOString();
    const old = { keyId: replaces.id, description: replaces.description };
    await notify(tx, context.scope, "key.rotated", { ...old, site, by, endsAt });
  } else {
    await notify(tx, context.scope, "key.created", { keyId: id, description, site, by });
  }
  return { id, key };
}
