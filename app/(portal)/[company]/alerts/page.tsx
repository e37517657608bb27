import { AlertsView } from "@/components/alerts/alerts-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { readAlertsAsk } from "@/lib/server/alert-page";
import { companyTitle } from "@/lib/server/company-page";
import { companyNamesOf, heldToOne } from "@/lib/server/listed-companies";
import { requireCompanyPermission } from "@/lib/server/guards";
import { textParam } from "@/lib/server/search-params";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { assignAlertsAction, setAlertStateAction } from "./actions";

export const generateMetadata = companyTitle("alertPages.alerts", "alerts:read");

export default async function AlertsPage({ params, searchParams }: PageProps<"/[company]/alerts">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  const view = "managed" in opened ? opened.managed : opened.view;
  const given = await searchParams;
  const now = Date.now();
  const held = heldToOne(view, given);
  const { query, range, ignored } = readAlertsAsk(given, view.timeZone, now);
  const screen = await readAlertsScreen(
    { ...contextOf(view), scope: held.scope },
    query,
    range,
    textParam(given, "after"),
  );
  return (
    <Texts of={["alertPages", "alertStates", "alerts", "ruleSentences", "ruleTitles", "severities", "units"]}>
      <AlertsView
        {...screen}
        query={query}
        companyRef={view.companyRef}
        companyNames={companyNamesOf(view)}
        only={held.only}
        zone={view.timeZone}
        readAt={now}
        ignored={[...ignored, ...held.ignored]}
        actions={{ assignAlertsAction, setAlertStateAction }}
      />
    </Texts>
  );
}
