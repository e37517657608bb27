import { DeliveriesView } from "@/components/notifications/deliveries-view";
import { Texts } from "@/components/ui/texts";
import { deliveriesFilter, openPortalNotifications, wordDeliveries } from "@/lib/server/notification-page";
import { textParam } from "@/lib/server/search-params";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readDeliveriesScreen } from "@/lib/services/notifications/read-screens";
import { replayAction } from "@/app/(portal)/[company]/notifications/actions";

export const generateMetadata = pageTitle("notifications.portalDeliveries");

export default async function PortalDeliveriesPage({
  searchParams,
}: PageProps<"/admin/notifications/deliveries">) {
  const { context, owner } = await openPortalNotifications();
  const query = await searchParams;
  const filter = deliveriesFilter(query);
  const screen = await readDeliveriesScreen(context, filter, textParam(query, "after"));
  return (
    <Texts of={["notifications"]}>
      <DeliveriesView owner={owner} screen={await wordDeliveries(screen)} replayAction={replayAction} />
    </Texts>
  );
}
