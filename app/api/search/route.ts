import { getTranslations } from "next-intl/server";
import { companyViewOf } from "@/lib/server/guards";
import { keyVerbs, paletteKeys, paletteResults } from "@/lib/server/palette-results";
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
  const t = await getTranslations("nav");
  const [found, keys] = await Promise.all([
    findNames(view.scope, words),
    findNamedKeys({ ...view, actor: view.access.actor }, words, keyVerbs(t)),
  ]);
  return Response.json(
    { results: [...paletteResults(view, found), ...paletteKeys(t, view, keys)] },
    { headers: { "Cache-Control": "no-store" } },
  );
});
