import { computersList } from "@/lib/services/tables/lists";
import { answerTable } from "@/lib/server/read-api/table-route";

export const dynamic = "force-dynamic";

/** `GET /api/v1/computers?company=<id|all>&…`: the computers by name, by a session or an API key with scope read. */
export async function GET(request: Request): Promise<Response> {
  return answerTable(request, computersList);
}
