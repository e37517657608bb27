import { auditCsvResponse } from "@/lib/server/audit-export";
import { companyRoute } from "@/lib/server/routes";

export const dynamic = "force-dynamic";

/** `GET /[company]/audit/export`: the company's trail under the page's filters, as CSV. */
export const GET = companyRoute("audit:read-company", (request, company, user) => {
  const own = user.access.companies.find(({ id }) => id === company.scope.companyId);
  const zone = user.session.timeZone ?? own?.timeZone ?? null;
  return auditCsvResponse(request, { company }, user, zone);
});
