import { getTranslations } from "next-intl/server";
import { CompanyChoice } from "@/components/lists/company-choice";
import { DeliveriesView } from "@/components/notifications/deliveries-view";
import { Texts } from "@/components/ui/texts";
import { deliveriesFilter, openCompanyNotifications, wordDeliveries } from "@/lib/server/notification-page";
import { textParam } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readDeliveriesScreen } from "@/lib/services/notifications/read-screens";
import { replayAction } from "../actions";

export const generateMetadata = pageTitle("notifications.deliveries");

export default async function DeliveriesPage({
  params,
  searchParams,
}: PageProps<"/[company]/notifications/deliveries">) {
  const opened = await openCompanyNotifications(params);
  if ("choices" in opened) {
    const t = await getTranslations("notifications");
    return <CompanyChoice title={t("title")} page="notifications" companies={opened.choices} />;
  }
  const { context, owner } = opened;
  const query = await searchParams;
  const filter = deliveriesFilter(query);
  const screen = await readDeliveriesScreen(context, filter, textParam(query, "after"));
  return (
    <Texts of={["notifications"]}>
      <DeliveriesView owner={owner} screen={await wordDeliveries(screen)} replayAction={replayAction} />
    </Texts>
  );
}
