import type { z } from "zod";
import { findCompany } from "@/db/queries/companies/company";
import { narrowScope, readWithin, writeWithin, type CompanyScope } from "@/db/scope";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import type { silentAfterInput } from "./company-input";
import { changeCompany } from "./update-company";

/** After how many minutes without a word a site or computer of the company counts as silent. */
export async function readSilentAfter(scope: CompanyScope, companyId: number): Promise<number> {
  const own = narrowScope(scope, companyId);
  const company = own && (await readWithin(own, (tx) => findCompany(tx, own)));
  if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
  return company.silentAfterMinutes;
}

/** Changes that, and writes it to the audit trail when it is another number than before. */
export async function changeSilentAfter(
  context: CompanyContext,
  change: z.output<typeof silentAfterInput>,
): Promise<{ silentAfterMinutes: number }> {
  const before = await writeWithin(context.scope, (tx) => changeCompany(tx, context, change));
  return { silentAfterMinutes: change.silentAfterMinutes ?? before.silentAfterMinutes };
}
