import { findReport } from "@/lib/services/tables/registry";
import { answerTable } from "@/lib/server/read-api/table-route";

export const dynamic = "force-dynamic";

/** `GET /api/v1/reports/<name>?company=<id|all>&…`: a report's rows, by a session or an API key with scope read. */
export async function GET(
  request: Request,
  route: { params: Promise<{ report: string }> },
): Promise<Response> {
  return answerTable(request, findReport((await route.params).report));
}
