import type { Metadata } from "next";
import { ChannelsView } from "@/components/notifications/channels-view";
import { openPortalNotifications } from "@/lib/server/notification-page";
import { readChannelsScreen } from "@/lib/services/notifications/read-screens";
import * as actions from "../actions";

export const metadata: Metadata = { title: "Channels of the portal" };

const ACTIONS = {
  createChannelAction: actions.portalCreateChannelAction,
  changeChannelAction: actions.portalChangeChannelAction,
  testChannelAction: actions.portalTestChannelAction,
  rotateSecretAction: actions.portalRotateSecretAction,
  pauseChannelAction: actions.portalPauseChannelAction,
  resumeChannelAction: actions.portalResumeChannelAction,
  deleteChannelAction: actions.portalDeleteChannelAction,
  subscribeAction: actions.portalSubscribeAction,
  deleteSubscriptionAction: actions.portalDeleteSubscriptionAction,
  previewSubscriptionAction: actions.portalPreviewSubscriptionAction,
};

export default async function PortalChannelsPage() {
  const { context, owner } = await openPortalNotifications();
  const screen = await readChannelsScreen(context);
  return <ChannelsView owner={owner} screen={screen} actions={ACTIONS} />;
}
