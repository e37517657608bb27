"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { ExactTime } from "@/components/time/exact-time";
import type { SubscriptionPreview } from "@/lib/services/notifications/preview-subscription";
import type { ChannelView } from "@/lib/services/notifications/read-channels";
import type { ChannelsScreen } from "@/lib/services/notifications/read-screens";
import { hiddenOf, type NotificationActions, type NotificationOwner } from "./notification-actions";
import { SubscriptionFields } from "./subscription-fields";

export interface ChannelProps {
  owner: NotificationOwner;
  channel: ChannelView;
  screen: ChannelsScreen;
  actions: NotificationActions;
}

/** What a channel hears of, each subscription a sentence. */
export function SubscriptionList({ owner, channel, screen, actions }: ChannelProps) {
  const own = screen.subscriptions.filter(({ channelId }) => channelId === channel.id);
  const hidden = hiddenOf(owner);
  return (
    <div className="grid justify-items-start gap-2">
      {own.length === 0 ? (
        <p className="text-sm text-warning-text">
          It hears of nothing yet. Add a subscription to have notifications sent here.
        </p>
      ) : (
        <ul aria-label={`Subscriptions of ${channel.name}`} className="w-full divide-y border-y">
          {own.map(({ id, sentence }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5 text-sm">
              <span className="min-w-0 flex-1 basis-64 wrap-anywhere">{sentence}</span>
              <span className="flex gap-2">
                <DialogButton
                  label="Preview"
                  title="Preview of the last 7 days"
                  description={sentence}
                  action={actions.previewSubscriptionAction}
                  hidden={{ ...hidden, subscriptionId: id }}
                  submitLabel="Show preview"
                  renderResult={(preview) => <Preview preview={preview} zone={owner.zone} />}
                />
                <DialogButton
                  label="Remove"
                  title="Remove the subscription"
                  description={sentence}
                  action={actions.deleteSubscriptionAction}
                  hidden={{ ...hidden, subscriptionId: id }}
                  submitLabel="Remove"
                  isDestructive
                  done="The subscription is removed."
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      <DialogButton
        label="Add subscription"
        title={`Add a subscription of ${channel.name}`}
        action={actions.subscribeAction}
        hidden={{ ...hidden, channelId: channel.id }}
        submitLabel="Add subscription"
        done="Subscription added"
      >
        {(errors) => (
          <SubscriptionFields isPortal={owner.companyId === null} sites={screen.sites} errors={errors} />
        )}
      </DialogButton>
    </div>
  );
}

function Preview({ preview, zone }: { preview: SubscriptionPreview; zone: string }) {
  const { notificationCount, messageCount, isCapped, messages } = preview;
  if (notificationCount === 0) {
    return <p className="text-sm">Nothing that it selects happened in the last 7 days.</p>;
  }
  const count = (number: number, noun: string) =>
    `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  return (
    <div className="grid gap-3 text-sm">
      <p>
        {isCapped ? "More than " : ""}
        {count(notificationCount, "notification")}, which make {count(messageCount, "message")}.
      </p>
      <ul aria-label="Messages" className="divide-y border-y">
        {messages.map(({ at, title }) => (
          <li key={at} className="grid gap-0.5 py-2">
            <span className="text-xs text-muted-foreground">
              <ExactTime at={at} zone={zone} />
            </span>
            <span className="wrap-anywhere">{title}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
