import { auditCsvResponse } from "@/lib/server/audit-export";
import { globalRoute } from "@/lib/server/routes";

export const dynamic = "force-dynamic";

/** `GET /admin/audit/export`: the whole trail under the page's filters, as CSV. */
export const GET = globalRoute("audit:read-all", (request, context, user) =>
  auditCsvResponse(request, { context }, user, user.session.timeZone),
);
