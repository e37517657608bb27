import { Texts } from "@/components/ui/texts";
import { openPortalNotifications } from "@/lib/server/notification-page";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { deliveriesScreen } from "@/app/(portal)/[company]/notifications/deliveries/deliveries-screen";

export const generateMetadata = portalTitle("notifications.portalDeliveries", openPortalNotifications);

export default async function PortalDeliveriesPage({
  searchParams,
}: PageProps<"/admin/notifications/deliveries">) {
  return (
    <Texts of={["exports"]}>{await deliveriesScreen(await openPortalNotifications(), searchParams)}</Texts>
  );
}
