import { notFound } from "next/navigation";
import { AlertView } from "@/components/alerts/alert-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { readOr404, requireCompanyPermission } from "@/lib/server/guards";
import { rowIdOf } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readAlert } from "@/lib/services/detections/read-alert";
import { addExceptionAction, assignAlertsAction, commentAlertAction, setAlertStateAction } from "../actions";

export const generateMetadata = pageTitle("alertDetails.title");

export default async function AlertPage({ params }: PageProps<"/[company]/alerts/[alertId]">) {
  const opened = await requireCompanyPermission(params, "alerts:read");
  if ("choices" in opened) notFound();
  const { managed } = opened;
  const id = rowIdOf((await params).alertId);
  const context = { ...contextOf(managed), scope: managed.scope };
  const screen = await readOr404(managed, () => readAlert(context, id));
  return (
    <Texts of={["alertActions", "alertStates", "exceptions"]}>
      <AlertView
        {...screen}
        companyId={managed.company.id}
        zone={managed.timeZone}
        readAt={Date.now()}
        actions={{ setAlertStateAction, assignAlertsAction, commentAlertAction, addExceptionAction }}
      />
    </Texts>
  );
}
