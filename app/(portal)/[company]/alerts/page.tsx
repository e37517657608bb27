import { getTranslations } from "next-intl/server";
import { AlertsView } from "@/components/alerts/alerts-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { readAlertsAsk } from "@/lib/server/alert-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { textParam } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { assignAlertsAction, setAlertStateAction } from "./actions";

export const generateMetadata = pageTitle("alertPages.alerts");

export default async function AlertsPage({ params, searchParams }: PageProps<"/[company]/alerts">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened) {
    const t = await getTranslations("alertPages");
    return <CompanyChoice title={t("alerts")} page="alerts" companies={opened.choices} />;
  }
  const { managed } = opened;
  const given = await searchParams;
  const now = Date.now();
  const { query, range, ignored } = readAlertsAsk(given, managed.timeZone, now);
  const context = { ...contextOf(managed), scope: managed.scope };
  const screen = await readAlertsScreen(context, query, range, textParam(given, "after"));
  return (
    <Texts of={["alertPages", "alertStates", "alerts", "ruleSentences", "ruleTitles", "severities", "units"]}>
      <AlertsView
        {...screen}
        companyId={managed.company.id}
        zone={managed.timeZone}
        readAt={now}
        ignored={ignored}
        actions={{ assignAlertsAction, setAlertStateAction }}
      />
    </Texts>
  );
}
