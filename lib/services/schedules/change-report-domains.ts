import type { z } from "zod";
import type { reportDomainsForm } from "@/lib/domain/reports/schedule-form";
import { assertCan } from "../access/denied";
import { updateCompany } from "../companies/update-company";
import type { CompanyContext } from "../context";

/** Says to which mail domains reports may go besides members; what they no longer allow is refused when it is due. */
export async function changeReportDomains(
  context: CompanyContext,
  change: z.output<typeof reportDomainsForm>,
): Promise<void> {
  assertCan(context.actor, "report-domains:update", context.scope);
  await updateCompany(context, change);
}
