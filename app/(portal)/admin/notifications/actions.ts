"use server";

import {
  channelForm,
  channelRef,
  newChannelForm,
  pauseForm,
  replayForm,
  subscriptionForm,
  subscriptionRef,
} from "@/lib/domain/notifications/channel-form";
import { globalAction } from "@/lib/server/actions";
import { forPortal } from "@/lib/services/notifications/authority";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  pauseChannel,
  resumeChannel,
  rotateSecret,
  testChannel,
} from "@/lib/services/notifications/manage-channels";
import { deleteSubscription } from "@/lib/services/notifications/manage-subscriptions";
import { previewSubscription } from "@/lib/services/notifications/preview-subscription";
import { replay } from "@/lib/services/notifications/replay-deliveries";
import { subscribe } from "@/lib/services/notifications/subscribe";

export const portalCreateChannelAction = globalAction(
  "portal-notifications:manage",
  newChannelForm,
  forPortal(createChannel),
);
export const portalChangeChannelAction = globalAction(
  "portal-notifications:manage",
  channelForm,
  forPortal(changeChannel),
);
export const portalTestChannelAction = globalAction(
  "portal-notifications:manage",
  channelRef,
  forPortal(testChannel),
);
export const portalRotateSecretAction = globalAction(
  "portal-notifications:manage",
  channelRef,
  forPortal(rotateSecret),
  { stepUp: true },
);
export const portalPauseChannelAction = globalAction(
  "portal-notifications:manage",
  pauseForm,
  forPortal(pauseChannel),
);
export const portalResumeChannelAction = globalAction(
  "portal-notifications:manage",
  channelRef,
  forPortal(resumeChannel),
);
export const portalDeleteChannelAction = globalAction(
  "portal-notifications:manage",
  channelRef,
  forPortal(deleteChannel),
);
export const portalSubscribeAction = globalAction(
  "portal-notifications:manage",
  subscriptionForm,
  forPortal(subscribe),
);
export const portalDeleteSubscriptionAction = globalAction(
  "portal-notifications:manage",
  subscriptionRef,
  forPortal(deleteSubscription),
);
export const portalPreviewSubscriptionAction = globalAction(
  "portal-notifications:manage",
  subscriptionRef,
  forPortal(previewSubscription),
);
export const portalReplayAction = globalAction("portal-notifications:manage", replayForm, forPortal(replay));
