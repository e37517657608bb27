import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany } from "@/db/queries/companies/company";
import { deleteEmptyCounts } from "@/db/queries/companies/purge";
import { recountEvents } from "@/db/queries/events/recount";
import { writeWithin } from "@/db/scope";
import type { CompanyContext } from "../context";
import { companyAudit } from "../audit/company-audit";

/** Corrects the company's counts that are not those of its events, while agents go on sending; gives how many. */
export async function recountCompany(context: CompanyContext): Promise<number> {
  const { scope } = context;
  const corrected = await writeWithin(scope, async (tx) => {
    const company = await findCompany(tx, scope);
    // It may have been deleted meanwhile.
    if (!company) return 0;
    const count = await recountEvents(tx, scope);
    if (count > 0) {
      const row = companyAudit(context, "company.recount", "company", company);
      await insertAuditRow(tx, { ...row, after: { count } });
    }
    return count;
  });
  await writeWithin(scope, (tx) => deleteEmptyCounts(tx, scope));
  return corrected;
}
