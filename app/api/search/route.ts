import { getTranslations } from "next-intl/server";
import { companyViewOf } from "@/lib/server/guards";
import { paletteKeys, paletteResults } from "@/lib/server/palette-results";
import { userRoute } from "@/lib/server/routes";
import { unseenCompany } from "@/lib/services/access/denied";
import { findNamedKeys } from "@/lib/services/sites/find-named-keys";
import { findNames } from "@/lib/services/events/find-names";

/** `GET /api/search?company=<id|all>&q=<text>`: accounts and computers for the command palette. */
export const GET = userRoute(async (request, user) => {
  const params = request.nextUrl.searchParams;
  const companyRef = params.get("company") ?? "";
  const view = await companyViewOf(user, companyRef);
  if (!view) throw unseenCompany("company:read", companyRef);
  const words = params.get("q") ?? "";
  const [found, keys] = await Promise.all([
    findNames(view.scope, words),
    findNamedKeys({ ...view, actor: view.access.actor }, words),
  ]);
  return Response.json(
    { results: [...paletteResults(view, found), ...paletteKeys(await getTranslations("nav"), view, keys)] },
    { headers: { "Cache-Control": "no-store" } },
  );
});
