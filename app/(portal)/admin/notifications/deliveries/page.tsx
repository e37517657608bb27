import { Texts } from "@/components/ui/texts";
import { openPortalNotifications } from "@/lib/server/notification-page";
import { pageTitle } from "@/lib/server/texts/page-title";
import { deliveriesScreen } from "@/app/(portal)/[company]/notifications/deliveries/deliveries-screen";

export const generateMetadata = pageTitle("notifications.portalDeliveries");

export default async function PortalDeliveriesPage({
  searchParams,
}: PageProps<"/admin/notifications/deliveries">) {
  return (
    <Texts of={["exports"]}>{await deliveriesScreen(await openPortalNotifications(), searchParams)}</Texts>
  );
}
