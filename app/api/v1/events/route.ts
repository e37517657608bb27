import { eventsList } from "@/lib/services/tables/lists";
import { answerTable } from "@/lib/server/read-api/table-route";

export const dynamic = "force-dynamic";

/** `GET /api/v1/events?company=<id|all>&…`: a page of events, or all of them as a file, by a session or an API key with scope read. */
export async function GET(request: Request): Promise<Response> {
  return answerTable(request, eventsList);
}
