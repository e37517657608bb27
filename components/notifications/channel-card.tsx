"use client";

import { useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import { ActionsMenu, DialogItems } from "@/components/forms/actions-menu";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ChannelView } from "@/lib/services/notifications/read-channels";
import { ChannelDialog, type ChannelDialogKind } from "./channel-dialogs";
import { TYPE_LABEL } from "./channel-fields";
import { hiddenOf } from "./notification-actions";
import { SubscriptionList, type ChannelProps } from "./subscription-list";

/** A channel: where it leads, how it fares, and what it hears of. */
export function ChannelCard(props: ChannelProps) {
  const { owner, channel, actions, screen } = props;
  const hidden = { ...hiddenOf(owner), channelId: channel.id };
  const isHeldBack = isPaused(channel, owner.readAt) || channel.disabledAt !== null;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2 wrap-anywhere">
          {channel.name}
          <StateBadge channel={channel} readAt={owner.readAt} />
        </CardTitle>
        <CardDescription className="wrap-anywhere">
          {TYPE_LABEL[channel.type]} to {channel.target}
        </CardDescription>
        <CardAction className="flex gap-2">
          {isHeldBack ? (
            <ActionButton
              size="sm"
              variant="outline"
              action={actions.resumeChannelAction}
              hidden={hidden}
              done={`${channel.name} sends again.`}
              aria-label={`Resume ${channel.name}`}
            >
              Resume
            </ActionButton>
          ) : (
            <ActionButton
              size="sm"
              variant="outline"
              action={actions.testChannelAction}
              hidden={hidden}
              done="The test message is on its way. Deliveries show what comes of it."
              aria-label={`Send a test to ${channel.name}`}
            >
              Send test
            </ActionButton>
          )}
          <ChannelMenu {...props} />
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-3">
        {channel.type === "mail" && !screen.isMailSetUp && (
          <p className="text-sm text-warning-text">Mail is not set up: nothing can be sent here.</p>
        )}
        <Fortunes channel={channel} zone={owner.zone} readAt={owner.readAt} />
        <SubscriptionList {...props} />
      </CardContent>
    </Card>
  );
}

function isPaused({ pausedUntil }: ChannelView, at: number): boolean {
  return pausedUntil !== null && pausedUntil > at;
}

function StateBadge({ channel, readAt }: { channel: ChannelView; readAt: number }) {
  const [label, variant]: [string, BadgeProps["variant"]] =
    channel.disabledAt !== null
      ? ["Disabled", "destructive"]
      : isPaused(channel, readAt)
        ? ["Paused", "outline"]
        : channel.failingSince !== null
          ? ["Failing", "warning"]
          : ["Active", "success"];
  return <Badge variant={variant}>{label}</Badge>;
}

/** Last success, failure rate, and why it is held back. */
function Fortunes({ channel, zone, readAt }: { channel: ChannelView; zone: string; readAt: number }) {
  const { doneCount, failedCount, waitingCount, lastSuccessAt, failingSince } = channel;
  const finished = doneCount + failedCount;
  const rate = finished === 0 ? null : Math.round((failedCount / finished) * 100);
  return (
    <div className="grid gap-1 text-sm text-muted-foreground">
      {channel.disabledAt !== null && (
        <p className="text-destructive-text">
          Disabled <RelativeTime at={channel.disabledAt} zone={zone} />: {channel.disabledReason}.
        </p>
      )}
      {isPaused(channel, readAt) && (
        <p>
          Paused; ends <RelativeTime at={channel.pausedUntil!} zone={zone} />. {channel.pauseReason}
        </p>
      )}
      <p>
        Last success {lastSuccessAt === null ? "never" : <RelativeTime at={lastSuccessAt} zone={zone} />}
        {failingSince !== null && (
          <>
            , failing since <RelativeTime at={failingSince} zone={zone} />
          </>
        )}
        . In 7 days: {doneCount.toLocaleString("en")} delivered, {failedCount.toLocaleString("en")} failed
        {rate !== null && ` (${rate}%)`}, {waitingCount.toLocaleString("en")} waiting.
      </p>
    </div>
  );
}

const ENTRIES: readonly { kind: ChannelDialogKind; label: string }[] = [
  { kind: "change", label: "Edit" },
  { kind: "rotate", label: "Rotate secret" },
  { kind: "pause", label: "Pause" },
  { kind: "delete", label: "Delete" },
];

function ChannelMenu(props: ChannelProps) {
  const { channel } = props;
  const [open, setOpen] = useState<ChannelDialogKind | null>(null);
  const entries = ENTRIES.filter(({ kind }) => kind !== "rotate" || channel.type === "webhook");
  return (
    <>
      <ActionsMenu label={`Actions for channel ${channel.name}`}>
        <DialogItems items={entries} onChoose={setOpen} />
      </ActionsMenu>
      {open && <ChannelDialog {...props} kind={open} onClose={() => setOpen(null)} />}
    </>
  );
}
