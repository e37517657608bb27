import type { Metadata } from "next";
import { AlertsView } from "@/components/alerts/alerts-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { contextOf } from "@/lib/server/actions";
import { readAlertsAsk } from "@/lib/server/alert-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { textParam } from "@/lib/server/search-params";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { assignAlertsAction, setAlertStateAction } from "./actions";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ params, searchParams }: PageProps<"/[company]/alerts">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened) return <CompanyChoice title="Alerts" page="alerts" companies={opened.choices} />;
  const { managed } = opened;
  const given = await searchParams;
  const now = Date.now();
  const { query, range, ignored } = readAlertsAsk(given, managed.timeZone, now);
  const context = { ...contextOf(managed), scope: managed.scope };
  const screen = await readAlertsScreen(context, query, range, textParam(given, "after"));
  return (
    <AlertsView
      {...screen}
      companyId={managed.company.id}
      zone={managed.timeZone}
      readAt={now}
      ignored={ignored}
      actions={{ assignAlertsAction, setAlertStateAction }}
    />
  );
}
