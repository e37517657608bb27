import type { z } from "zod";
import { companyExists, findCompanyIdByName, listCompanyIds } from "@/db/queries/global/companies";
import { findCompany } from "@/db/queries/companies/company";
import { listKeys, type KeyListRow } from "@/db/queries/companies/keys";
import { findSiteByName } from "@/db/queries/companies/sites";
import { insertSite } from "@/db/queries/companies/insert-site";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { operatorReadScope, operatorScope, readWithin, writeWithin } from "@/db/scope";
import type { ApiScope } from "@/lib/domain/api-scopes";
import { readRowId } from "@/lib/domain/row-id";
import { AppError } from "@/lib/errors";
import { readCompanies, type CompanySummary } from "../companies/read-companies";
import { decodeNameCursor } from "@/lib/domain/list-page";
import { operatorContext, type CompanyContext } from "../context";
import type { newSiteInput } from "../sites/site-input";
import { addKey } from "../sites/create-site";
import { companyAudit } from "../audit/company-audit";

/** A company named by its id or by its name in any case; an id goes before a name of digits. @throws AppError `not_found`. */
export async function openCompany(reference: string): Promise<CompanyContext> {
  const id = readRowId(reference) ?? 0;
  const companyId = id > 0 && (await companyExists(id)) ? id : await findCompanyIdByName(reference.trim());
  if (companyId === null) throw new AppError("not_found", `There is no company “${reference}”.`);
  return { ...operatorContext("command line"), scope: operatorScope(companyId) };
}

/** The company named as for {@link openCompany}, or all of them by name when none is. @throws AppError `not_found`. */
export async function openCompanies(reference: string | undefined): Promise<CompanyContext[]> {
  if (reference !== undefined) return [await openCompany(reference)];
  const ids = await listCompanyIds();
  return ids.map((id) => ({ ...operatorContext("command line"), scope: operatorScope(id) }));
}

/** The company's name as it is stored. @throws AppError `not_found` when it was deleted meanwhile. */
export async function companyNameOf({ scope }: CompanyContext): Promise<string> {
  const company = await readWithin(scope, (tx) => findCompany(tx, scope));
  if (!company) throw new AppError("not_found", "There is no such company any more.");
  return company.name;
}

/** Every company by name. */
export async function listAllCompanies(): Promise<CompanySummary[]> {
  const scope = operatorReadScope(await listCompanyIds());
  const all: CompanySummary[] = [];
  let cursor: string | null = null;
  do {
    const page = await readCompanies(scope, "", cursor === null ? null : decodeNameCursor(cursor));
    all.push(...page.companies);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

/** Makes a key for a site of this name, and the site when the company has none of it yet. */
export async function createKeyFor(
  context: CompanyContext,
  { name }: z.output<typeof newSiteInput>,
  scopes: readonly ApiScope[],
): Promise<{ id: number; key: string }> {
  const { scope } = context;
  return writeWithin(scope, async (tx) => {
    const found = await findSiteByName(tx, scope, name);
    const siteId = found?.id ?? (await insertSite(tx, scope, name));
    if (!found) {
      const row = companyAudit(context, "site.create", "site", { id: siteId, name });
      await insertAuditRow(tx, { ...row, after: { name } });
    }
    const site = { id: siteId, name: found?.name ?? name };
    return addKey(tx, context, { site, description: site.name, scopes, expiresAt: null });
  });
}

/** A company's keys, without their digits. */
export async function listCompanyKeys({ scope }: CompanyContext): Promise<KeyListRow[]> {
  return [...(await readWithin(scope, (tx) => listKeys(tx, scope)))];
}
