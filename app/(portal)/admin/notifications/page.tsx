import { Texts } from "@/components/ui/texts";
import { openPortalNotifications } from "@/lib/server/notification-page";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { newsScreen } from "@/app/(portal)/[company]/notifications/news-screen";

export const generateMetadata = portalTitle("notifications.portalTitle", openPortalNotifications);

export default async function PortalNotificationsPage({ searchParams }: PageProps<"/admin/notifications">) {
  return <Texts of={["exports"]}>{await newsScreen(await openPortalNotifications(), searchParams)}</Texts>;
}
