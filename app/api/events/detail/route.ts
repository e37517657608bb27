import { AppError } from "@/lib/errors";
import { parseEventReference } from "@/lib/domain/events/event-row";
import { userRoute } from "@/lib/server/routes";
import { readEvent } from "@/lib/services/events/read-event";

/** `GET /api/events/detail?event=<reference>`: everything stored of one event of the user's companies. */
export const GET = userRoute(async (request, user) => {
  const reference = parseEventReference(request.nextUrl.searchParams.get("event") ?? "");
  if (!reference) throw new AppError("invalid", "The event's reference is not valid.");
  return Response.json(await readEvent(user.access.scope, reference), {
    headers: { "Cache-Control": "no-store" },
  });
});
