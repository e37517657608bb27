import type { Metadata } from "next";
import { ChannelsView } from "@/components/notifications/channels-view";
import { Texts } from "@/components/ui/texts";
import { openPortalNotifications } from "@/lib/server/notification-page";
import { readChannelsScreen } from "@/lib/services/notifications/read-screens";
import * as actions from "@/app/(portal)/[company]/notifications/actions";

export const metadata: Metadata = { title: "Channels of the portal" };

export default async function PortalChannelsPage() {
  const { context, owner } = await openPortalNotifications();
  const screen = await readChannelsScreen(context);
  return (
    <Texts of={["notificationKinds"]}>
      <ChannelsView owner={owner} screen={screen} actions={{ ...actions }} />
    </Texts>
  );
}
