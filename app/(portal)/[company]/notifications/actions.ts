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
import { notificationAction } from "@/lib/server/actions";
import { limitedPerCompany } from "@/lib/server/limited-per-company";
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

export const createChannelAction = notificationAction(newChannelForm, createChannel);
export const changeChannelAction = notificationAction(channelForm, changeChannel);
export const testChannelAction = notificationAction(
  channelRef,
  limitedPerCompany("channel-test", testChannel),
);
export const rotateSecretAction = notificationAction(channelRef, rotateSecret, {
  stepUp: true,
});
export const pauseChannelAction = notificationAction(pauseForm, pauseChannel);
export const resumeChannelAction = notificationAction(channelRef, resumeChannel);
export const deleteChannelAction = notificationAction(channelRef, deleteChannel);
export const subscribeAction = notificationAction(subscriptionForm, subscribe);
export const deleteSubscriptionAction = notificationAction(subscriptionRef, deleteSubscription);
export const previewSubscriptionAction = notificationAction(subscriptionRef, previewSubscription);
export const replayAction = notificationAction(replayForm, limitedPerCompany("channel-replay", replay));
