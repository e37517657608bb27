import { rulesList } from "@/lib/services/tables/alert-lists";
import { answerTable } from "@/lib/server/read-api/table-route";

export const dynamic = "force-dynamic";

/** `GET /api/v1/rules?company=<id|all>`: every rule with the company's choices, by a session or an API key with scope read. */
export async function GET(request: Request): Promise<Response> {
  return answerTable(request, rulesList);
}
