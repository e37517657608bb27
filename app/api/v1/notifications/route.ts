import { notificationsList } from "@/lib/services/tables/notification-lists";
import { answerTable } from "@/lib/server/read-api/table-route";

export const dynamic = "force-dynamic";

/** `GET /api/v1/notifications?company=<id|all>&…`: newest first, by a session that may read them or an API key with scope read. */
export async function GET(request: Request): Promise<Response> {
  return answerTable(request, notificationsList);
}
