import { openPortalNotifications } from "@/lib/server/notification-page";
import { pageTitle } from "@/lib/server/texts/page-title";
import { channelsScreen } from "@/app/(portal)/[company]/notifications/channels/channels-screen";

export const generateMetadata = pageTitle("notifications.portalChannels");

export default async function PortalChannelsPage() {
  return channelsScreen(await openPortalNotifications());
}
