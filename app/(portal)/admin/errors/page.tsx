import { ErrorsView } from "@/components/errors/errors-view";
import { Texts } from "@/components/ui/texts";
import { ERROR_LEVELS } from "@/lib/domain/error-levels";
import { contextOf } from "@/lib/server/actions";
import { requirePermission } from "@/lib/server/guards";
import { choiceParam, dateRangeParams, instantOf, rowIdOf, textParam } from "@/lib/server/search-params";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { readErrors } from "@/lib/services/errors/read-errors";
import { readSettings } from "@/lib/services/settings/read-settings";
import { clearErrorsAction } from "./actions";

export const generateMetadata = portalTitle("errorLog.title", () => requirePermission("error-log:read"));

export default async function ErrorsPage({ searchParams }: PageProps<"/admin/errors">) {
  const user = await requirePermission("error-log:read");
  const params = await searchParams;
  const settings = await readSettings();
  const zone = user.session.timeZone ?? settings.timeZone;
  const level = choiceParam(params, "level", ERROR_LEVELS);
  const filter = {
    search: textParam(params, "q"),
    levels: level ? [level] : [],
    ...dateRangeParams(params, zone),
  };
  const [, atText, idText = ""] = /^(\d+)-(\d+)$/.exec(textParam(params, "after")) ?? [];
  const [at, id] = [instantOf(atText), rowIdOf(idText)];
  const page = await readErrors(contextOf(user), filter, at && id ? { at, id } : null);
  return (
    <Texts of={["errorLog"]}>
      <ErrorsView
        errors={page.errors}
        count={page.count}
        nextCursor={page.nextBefore && `${page.nextBefore.at}-${page.nextBefore.id}`}
        zone={zone}
        readAt={Date.now()}
        leastLevel={settings.logLevel}
        clearAction={clearErrorsAction}
      />
    </Texts>
  );
}
