import { auditFileResponse } from "@/lib/server/audit-export";
import { globalRoute } from "@/lib/server/routes";

export const dynamic = "force-dynamic";

/** `GET /admin/audit/export`: the whole trail under the page's filters, as a file. */
export const GET = globalRoute("audit:read-all", (request, context, user) =>
  auditFileResponse(request, { view: { context }, company: null, zone: user.session.timeZone }, user),
);
