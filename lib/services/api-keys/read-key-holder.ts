import { findCompany } from "@/db/queries/companies/company";
import { readWithin, type CompanyWriteScope } from "@/db/scope";
import { AppError } from "@/lib/errors";

/** The company a key belongs to. @throws AppError `unauthenticated` when it has been deleted meanwhile. */
export async function readKeyHolder(
  scope: CompanyWriteScope,
): Promise<{ name: string; timeZone: string | null }> {
  const company = await readWithin(scope, (tx) => findCompany(tx, scope));
  if (!company) throw new AppError("unauthenticated", { key: "errors.apiKeyInvalid" });
  return company;
}
