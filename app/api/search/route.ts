import { AppError } from "@/lib/errors";
import { companyViewOf } from "@/lib/server/guards";
import { paletteResults } from "@/lib/server/palette-results";
import { userRoute } from "@/lib/server/routes";
import { findNames } from "@/lib/services/events/find-names";

/** `GET /api/search?company=<id|all>&q=<text>`: accounts and computers for the command palette. */
export const GET = userRoute(async (request, user) => {
  const params = request.nextUrl.searchParams;
  const view = await companyViewOf(user, params.get("company") ?? "");
  if (!view) throw new AppError("not_found", "There is no such company.");
  const found = await findNames(view.scope, params.get("q") ?? "");
  return Response.json(
    { results: paletteResults(view, found) },
    { headers: { "Cache-Control": "no-store" } },
  );
});
