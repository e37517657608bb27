import { auditFileResponse } from "@/lib/server/audit-export";
import { companiesRoute } from "@/lib/server/routes";

export const dynamic = "force-dynamic";

/** `GET /[company]/audit/export`: the trail of the company, or of all whose trail one may read, under the page's filters, as a file. */
export const GET = companiesRoute("audit:read-company", (request, companies, user) => {
  const { companyIds } = companies.scope;
  const own = companyIds.length === 1 && user.access.companies.find(({ id }) => id === companyIds[0]);
  const zone = user.session.timeZone ?? (own ? own.timeZone : null);
  return auditFileResponse(request, { view: { companies }, company: own || null, zone }, user);
});
