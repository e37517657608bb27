import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { insertApiKey, insertSite } from "@/db/queries/companies/insert-site";
import { insertCompany } from "@/db/queries/global/companies";
import { operatorScope } from "@/db/scope";
import { isUniqueViolation } from "@/lib/errors";
import { digestOf, seal } from "@/lib/secret-box";
import type { AuditActor } from "../audit/actor";
import type { ServiceContext } from "../context";
import type { newCompanyInput } from "./company-input";
import { nameTaken } from "./update-company";

export const FIRST_SITE_NAME = "HO";

export interface NewCompany {
  name: string;
  description?: string | null;
  /** 64 hex digits; made when absent. */
  apiKey?: string;
}

export interface CreatedCompany {
  id: number;
  name: string;
  site: string;
  /** The first site's API key, 64 hex digits. */
  key: string;
}

/** A new API key: 64 hex digits, 256 random bits. */
export function newApiKey(): string {
  return randomBytes(32).toString("hex");
}

/** Makes a company with its first site and that site's key. @throws AppError `conflict` when the name is taken. */
export async function createCompany(actor: AuditActor, input: NewCompany): Promise<CreatedCompany> {
  try {
    return await database().transaction((tx) => createCompanyWithin(tx, actor, input));
  } catch (error) {
    if (isUniqueViolation(error, "companies_name_key")) throw nameTaken(input.name);
    throw error;
  }
}

/** The same inside a transaction of the caller's, for the first start. */
export async function createCompanyWithin(
  tx: Transaction,
  actor: AuditActor,
  { name, description = null, apiKey = newApiKey() }: NewCompany,
): Promise<CreatedCompany> {
  const id = await insertCompany(tx, { name, description });
  const scope = operatorScope(id);
  const siteId = await insertSite(tx, scope, FIRST_SITE_NAME);
  const key = { keyDigest: digestOf(apiKey), keyEncrypted: seal(apiKey, "api-key") };
  await insertApiKey(tx, scope, { siteId, ...key, description: FIRST_SITE_NAME, scopes: ["ingest"] });
  await insertAuditRow(tx, {
    ...actor,
    companyId: id,
    action: "company.create",
    targetType: "company",
    targetId: id,
    targetName: name,
    after: { name, description, site: FIRST_SITE_NAME },
  });
  return { id, name, site: FIRST_SITE_NAME, key: apiKey };
}

/** Creates a company for an administrator. The key is not part of the answer: it is revealed, audited, where keys are kept. */
export async function addCompany(
  context: ServiceContext,
  input: z.output<typeof newCompanyInput>,
): Promise<{ id: number }> {
  const { id } = await createCompany(context.audit, input);
  return { id };
}
