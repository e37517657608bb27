import { answerAlert, changeAlert } from "@/lib/server/read-api/alert-route";

export const dynamic = "force-dynamic";

interface Params {
  params: Promise<{ alertId: string }>;
}

/** `GET /api/v1/alerts/<id>?company=<id>`: one alert with what was done, by a session or an API key with scope read. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return answerAlert(request, (await params).alertId);
}

/**
 * `PATCH /api/v1/alerts/<id>?company=<id>`: its state, a comment, its assignee. By an API key with scope
 * manage, or the session of a user who may manage the company's alerts.
 */
export async function PATCH(request: Request, { params }: Params): Promise<Response> {
  return changeAlert(request, (await params).alertId);
}
