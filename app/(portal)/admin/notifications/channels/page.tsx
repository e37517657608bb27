import { ChannelsView } from "@/components/notifications/channels-view";
import { Texts } from "@/components/ui/texts";
import { openPortalNotifications, wordChannels } from "@/lib/server/notification-page";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readChannelsScreen } from "@/lib/services/notifications/read-screens";
import * as actions from "@/app/(portal)/[company]/notifications/actions";

export const generateMetadata = pageTitle("notifications.portalChannels");

export default async function PortalChannelsPage() {
  const { context, owner } = await openPortalNotifications();
  const screen = await wordChannels(await readChannelsScreen(context));
  return (
    <Texts of={["notificationKinds", "notifications"]}>
      <ChannelsView owner={owner} screen={screen} actions={{ ...actions }} />
    </Texts>
  );
}
