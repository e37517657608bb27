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
import { companyAction } from "@/lib/server/actions";
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

export const createChannelAction = companyAction("notifications:manage", newChannelForm, createChannel);
export const changeChannelAction = companyAction("notifications:manage", channelForm, changeChannel);
export const testChannelAction = companyAction("notifications:manage", channelRef, testChannel);
export const rotateSecretAction = companyAction("notifications:manage", channelRef, rotateSecret, {
  stepUp: true,
});
export const pauseChannelAction = companyAction("notifications:manage", pauseForm, pauseChannel);
export const resumeChannelAction = companyAction("notifications:manage", channelRef, resumeChannel);
export const deleteChannelAction = companyAction("notifications:manage", channelRef, deleteChannel);
export const subscribeAction = companyAction("notifications:manage", subscriptionForm, subscribe);
export const deleteSubscriptionAction = companyAction(
  "notifications:manage",
  subscriptionRef,
  deleteSubscription,
);
export const previewSubscriptionAction = companyAction(
  "notifications:manage",
  subscriptionRef,
  previewSubscription,
);
export const replayAction = companyAction("notifications:manage", replayForm, replay);
