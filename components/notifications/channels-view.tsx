"use client";

import { BellRing, MailWarning, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
import { useRefreshPast } from "@/components/live/use-refresh-past";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import type { ChannelsScreen } from "@/lib/services/notifications/read-screens";
import { ChannelCard, isPaused } from "./channel-card";
import { ShownSecret } from "./channel-dialogs";
import { ChannelFields } from "./channel-fields";
import { hiddenOf, type NotificationActions, type NotificationOwner } from "./notification-actions";
import { NotificationsHeader } from "./notifications-header";

interface ChannelsViewProps {
  owner: NotificationOwner;
  screen: ChannelsScreen;
  actions: NotificationActions;
}

/** Where notifications go, and which. */
export function ChannelsView({ owner, screen, actions }: ChannelsViewProps) {
  const t = useTranslations("notifications");
  useRefreshPast(
    screen.channels.map((channel) => (isPaused(channel, owner.readAt) ? channel.pausedUntil : null)),
    owner.readAt,
  );
  const add = <AddChannel owner={owner} action={actions.createChannelAction} />;
  return (
    <>
      <NotificationsHeader owner={owner} current="channels" actions={add} />
      {!screen.isMailSetUp && (
        <Alert variant="warning">
          <MailWarning aria-hidden />
          <AlertTitle>{t("mailMissing")}</AlertTitle>
          <AlertDescription>{t("mailMissingNote")}</AlertDescription>
        </Alert>
      )}
      {screen.channels.length === 0 ? (
        <EmptyState icon={BellRing} title={t("channelsEmpty")} description={t("channelsEmptyNote")} />
      ) : (
        <div className="grid gap-4">
          {screen.channels.map((channel) => (
            <ChannelCard key={channel.id} owner={owner} channel={channel} screen={screen} actions={actions} />
          ))}
        </div>
      )}
    </>
  );
}

interface AddChannelProps {
  owner: NotificationOwner;
  action: NotificationActions["createChannelAction"];
}

/** A webhook's secret is shown in a dialog of its own, as only that type has one to be shown. */
function AddChannel({ owner, action }: AddChannelProps) {
  const t = useTranslations("notifications");
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <DialogButton
        variant="default"
        icon={Plus}
        label={t("addChannel")}
        action={action}
        hidden={hiddenOf(owner)}
        done={t("channelAdded")}
        onDone={(result) => setSecret(result?.secret ?? null)}
      >
        {(errors) => <ChannelFields errors={errors} />}
      </DialogButton>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const t = useTranslations("notifications");
  const tForms = useTranslations("forms");
  return (
    <Dialog open={secret !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("secretTitle")}</DialogTitle>
          <DialogDescription>{t("secretTitleNote")}</DialogDescription>
        </DialogHeader>
        {secret !== null && <ShownSecret secret={secret} />}
        <DialogFooter>
          <Button onClick={onClose}>{tForms("close")}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
