"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { ExactTime } from "@/components/time/exact-time";
import { useWords } from "@/components/ui/use-words";
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

/** What a channel receives, each subscription in a line. */
export function SubscriptionList({ owner, channel, screen, actions }: ChannelProps) {
  const t = useTranslations("notifications");
  const word = useWords("notificationKinds", "notifications");
  const lines = screen.subscriptions
    .filter(({ channelId }) => channelId === channel.id)
    .map(({ id, words }) => ({ id, line: words.map((text) => word(text)).join(" · ") }));
  const hidden = hiddenOf(owner);
  return (
    <div className="grid justify-items-start gap-2">
      {lines.length === 0 ? (
        <p className="text-sm text-warning-text">{t("noSubscriptions")}</p>
      ) : (
        <ul aria-label={t("subscriptionsOf", { name: channel.name })} className="w-full divide-y border-y">
          {lines.map(({ id, line }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5 text-sm">
              <span className="min-w-0 flex-1 basis-64 wrap-anywhere">{line}</span>
              <span className="flex gap-2">
                <DialogButton
                  label={t("preview")}
                  name={t("previewOf", { line })}
                  title={t("previewTitle")}
                  description={line}
                  action={actions.previewSubscriptionAction}
                  hidden={{ ...hidden, subscriptionId: id }}
                  submitLabel={t("showPreview")}
                  renderResult={(preview) => <Preview preview={preview} zone={owner.zone} />}
                />
                <DialogButton
                  label={t("remove")}
                  name={t("removeSubscription", { line })}
                  title={t("removeTitle")}
                  description={line}
                  action={actions.deleteSubscriptionAction}
                  hidden={{ ...hidden, subscriptionId: id }}
                  isDestructive
                  done={t("subscriptionRemoved")}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      <DialogButton
        label={t("addSubscription")}
        title={t("addSubscriptionTitle", { name: channel.name })}
        action={actions.subscribeAction}
        hidden={{ ...hidden, channelId: channel.id }}
        done={t("subscriptionAdded")}
      >
        {(errors) => (
          <SubscriptionFields isPortal={owner.companyId === null} screen={screen} errors={errors} />
        )}
      </DialogButton>
    </div>
  );
}

function Preview({ preview, zone }: { preview: SubscriptionPreview; zone: string }) {
  const t = useTranslations("notifications");
  const { notificationCount, messageCount, isCapped, messages } = preview;
  if (notificationCount === 0) {
    return <p className="text-sm">{t("previewNone")}</p>;
  }
  return (
    <div className="grid gap-3 text-sm">
      <p>
        {t(isCapped ? "previewMore" : "previewCount", {
          notifications: notificationCount,
          messages: messageCount,
        })}
      </p>
      <ul aria-label={t("messages")} className="divide-y border-y">
        {messages.map(({ at, title }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- several of one moment may have one title
          <li key={index} className="grid gap-0.5 py-2">
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
