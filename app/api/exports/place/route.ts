import { readerOf } from "@/lib/server/report-page";
import { userRoute } from "@/lib/server/routes";
import { placeInReportQueue } from "@/lib/services/reports/report-queue";

export const dynamic = "force-dynamic";

/** `GET /api/exports/place?ticket=…`: how many exports go before the user's own; null once it is no longer in the queue. */
export const GET = userRoute(async (request, user) => {
  const place = placeInReportQueue(readerOf(user), request.nextUrl.searchParams.get("ticket") ?? "");
  return Response.json({ place }, { headers: { "Cache-Control": "no-store" } });
});
