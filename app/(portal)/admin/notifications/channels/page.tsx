import { openPortalNotifications } from "@/lib/server/notification-page";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { channelsScreen } from "@/app/(portal)/[company]/notifications/channels/channels-screen";

export const generateMetadata = portalTitle("notifications.portalChannels", openPortalNotifications);

export default async function PortalChannelsPage() {
  return channelsScreen(await openPortalNotifications());
}
