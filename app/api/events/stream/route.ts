import type { NextRequest } from "next/server";
import { bellStreamResponse, eventStreamResponse } from "@/lib/server/event-stream";
import { companyViewOf, currentUser, pendingStep } from "@/lib/server/guards";
import { instantOf } from "@/lib/server/search-params";
import { unseenCompany } from "@/lib/services/access/denied";
import { recordDenied } from "@/lib/services/access/record-denied";

export const dynamic = "force-dynamic";

/** A page that is open when its company is lost asks every few seconds: the trail has one row an hour of that. */
const OPEN_PAGE_MILLISECONDS = 3_600_000;

/**
 * `GET /api/events/stream?company=<id|all>&read_at=<epoch milliseconds>`: events stored since the page was read, and
 * how many notifications the person has not read, as server-sent events. With `only=unread`: only the latter.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const user = await currentUser();
  if (!user || pendingStep(user)) return Response.json({ message: "Sign in first." }, { status: 401 });
  const companyRef = request.nextUrl.searchParams.get("company") ?? "";
  const view = await companyViewOf(user, companyRef);
  if (!view) {
    await recordDenied(
      user.auditActor,
      unseenCompany("company:read", companyRef).attempt,
      OPEN_PAGE_MILLISECONDS,
    );
    return Response.json({ message: "Not found." }, { status: 404 });
  }
  if (request.nextUrl.searchParams.get("only") === "unread") return bellStreamResponse(view, request);
  const readAt = instantOf(request.nextUrl.searchParams.get("read_at")) ?? 0;
  return eventStreamResponse(view, readAt, request);
}
