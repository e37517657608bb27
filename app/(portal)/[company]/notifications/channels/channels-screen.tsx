import { ChannelsView } from "@/components/notifications/channels-view";
import { Texts } from "@/components/ui/texts";
import { wordChannels, type OpenedNotifications } from "@/lib/server/notification-page";
import { readChannelsScreen } from "@/lib/services/notifications/read-screens";
import * as actions from "../actions";

/** The channels of a company, or of the portal. */
export async function channelsScreen({ context, owner }: OpenedNotifications) {
  const screen = await wordChannels(await readChannelsScreen(context));
  return (
    <Texts of={["notificationKinds", "notifications"]}>
      <ChannelsView owner={owner} screen={screen} actions={{ ...actions }} />
    </Texts>
  );
}
