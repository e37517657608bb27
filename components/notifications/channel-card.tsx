"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ChannelView } from "@/lib/services/notifications/read-channels";
import { ChannelMenu } from "./channel-dialogs";
import { TYPE_TEXT } from "./channel-fields";
import { hiddenOf } from "./notification-actions";
import { SubscriptionList, type ChannelProps } from "./subscription-list";

/** A channel: where it leads, how it fares, and what it hears of. */
export function ChannelCard(props: ChannelProps) {
  const t = useTranslations("notifications");
  const { owner, channel, actions, screen } = props;
  const { name } = channel;
  const isHeldBack = isPaused(channel, owner.readAt) || channel.disabledAt !== null;
  const common = {
    size: "sm",
    variant: "outline",
    hidden: { ...hiddenOf(owner), channelId: channel.id },
  } as const;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2 wrap-anywhere">
          {name}
          <StateBadge channel={channel} readAt={owner.readAt} />
        </CardTitle>
        <CardDescription className="wrap-anywhere">
          {t("channelTarget", { type: t(TYPE_TEXT[channel.type]), target: channel.target })}
        </CardDescription>
        <CardAction className="flex gap-2">
          {isHeldBack ? (
            <ActionButton
              {...common}
              action={actions.resumeChannelAction}
              done={t("resumed", { name })}
              aria-label={t("resumeLabel", { name })}
            >
              {t("resume")}
            </ActionButton>
          ) : (
            <ActionButton
              {...common}
              action={actions.testChannelAction}
              done={t("testSent")}
              aria-label={t("sendTestLabel", { name })}
            >
              {t("sendTest")}
            </ActionButton>
          )}
          <ChannelMenu {...props} />
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-3">
        {channel.type === "mail" && !screen.isMailSetUp && (
          <p className="text-sm text-warning-text">{t("mailMissingHere")}</p>
        )}
        <Fortunes channel={channel} zone={owner.zone} readAt={owner.readAt} />
        <SubscriptionList {...props} />
      </CardContent>
    </Card>
  );
}

/** Whether it is paused at an instant, epoch milliseconds. */
export function isPaused({ pausedUntil }: ChannelView, at: number): boolean {
  return pausedUntil !== null && pausedUntil > at;
}

function StateBadge({ channel, readAt }: { channel: ChannelView; readAt: number }) {
  const t = useTranslations("notifications");
  const [label, variant]: [string, BadgeProps["variant"]] =
    channel.disabledAt !== null
      ? [t("stateDisabled"), "destructive"]
      : isPaused(channel, readAt)
        ? [t("statePaused"), "outline"]
        : channel.failingSince !== null
          ? [t("stateFailing"), "warning"]
          : [t("stateActive"), "success"];
  return <Badge variant={variant}>{label}</Badge>;
}

/** Last success, failure rate, and why it is held back. */
function Fortunes({ channel, zone, readAt }: { channel: ChannelView; zone: string; readAt: number }) {
  const t = useTranslations("notifications");
  const { doneCount: done, failedCount: failed, waitingCount: waiting } = channel;
  const { disabledAt, disabledReason, pausedUntil, pauseReason, lastSuccessAt, failingSince } = channel;
  const at = (time: number) => ({ time: () => <RelativeTime at={time} zone={zone} /> });
  const finished = done + failed;
  return (
    <div className="grid gap-1 text-sm text-muted-foreground">
      {disabledAt !== null && (
        <p className="text-destructive-text">
          {t.rich("disabledSince", { ...at(disabledAt), reason: disabledReason ?? "" })}
        </p>
      )}
      {isPaused(channel, readAt) && (
        <p>{t.rich("pausedUntil", { ...at(pausedUntil!), reason: pauseReason ?? "" })}</p>
      )}
      <p>
        {lastSuccessAt === null ? t("neverSucceeded") : t.rich("lastSuccess", at(lastSuccessAt))}{" "}
        {failingSince !== null && t.rich("failingSince", at(failingSince))}{" "}
        {finished === 0
          ? t("weekWaiting", { waiting })
          : t("week", { done, failed, rate: Math.round((failed / finished) * 100), waiting })}
      </p>
    </div>
  );
}
