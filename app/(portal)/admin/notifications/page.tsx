import { Texts } from "@/components/ui/texts";
import { openPortalNotifications } from "@/lib/server/notification-page";
import { pageTitle } from "@/lib/server/texts/page-title";
import { newsScreen } from "@/app/(portal)/[company]/notifications/news-screen";

export const generateMetadata = pageTitle("notifications.portalTitle");

export default async function PortalNotificationsPage({ searchParams }: PageProps<"/admin/notifications">) {
  return <Texts of={["exports"]}>{await newsScreen(await openPortalNotifications(), searchParams)}</Texts>;
}
