import type { NextRequest } from "next/server";
import { bellStreamResponse, eventStreamResponse } from "@/lib/server/event-stream";
import { companyViewOf, currentUser, pendingStep } from "@/lib/server/guards";
import { instantOf } from "@/lib/server/search-params";

export const dynamic = "force-dynamic";

/**
 * `GET /api/events/stream?company=<id|all>&read_at=<epoch milliseconds>`: events stored since the page was read, as
 * server-sent events. With `only=unread`: how many notifications the person has not read.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const user = await currentUser();
  if (!user || pendingStep(user)) return Response.json({ message: "Sign in first." }, { status: 401 });
  const view = await companyViewOf(user, request.nextUrl.searchParams.get("company") ?? "");
  if (!view) return Response.json({ message: "Not found." }, { status: 404 });
  if (request.nextUrl.searchParams.get("only") === "unread") return bellStreamResponse(view, request.signal);
  const readAt = instantOf(request.nextUrl.searchParams.get("read_at")) ?? 0;
  return eventStreamResponse(view, readAt, request.signal);
}
