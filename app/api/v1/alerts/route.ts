import { alertsList } from "@/lib/services/tables/alert-lists";
import { answerTable } from "@/lib/server/read-api/table-route";

export const dynamic = "force-dynamic";

/** `GET /api/v1/alerts?company=<id|all>&…`: the last found first, by a session that may read them or an API key with scope read. */
export async function GET(request: Request): Promise<Response> {
  return answerTable(request, alertsList);
}
