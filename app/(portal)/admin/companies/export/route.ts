import { companiesFileResponse } from "@/lib/server/companies-export";
import { globalRoute } from "@/lib/server/routes";

export const dynamic = "force-dynamic";

/** `GET /admin/companies/export`: every company under the page's search, as a file. */
export const GET = globalRoute("company:create", (request, _, user) => companiesFileResponse(request, user));
