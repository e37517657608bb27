import { DeliveriesView } from "@/components/notifications/deliveries-view";
import { Texts } from "@/components/ui/texts";
import { deliveriesFilter, openPortalNotifications } from "@/lib/server/notification-page";
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
  const screen = await readDeliveriesScreen(context, deliveriesFilter(query), textParam(query, "after"));
  return (
    <Texts of={["notifications"]}>
      <DeliveriesView owner={owner} screen={screen} replayAction={replayAction} />
    </Texts>
  );
}
