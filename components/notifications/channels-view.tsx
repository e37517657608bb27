"use client";

import { BellRing, MailWarning, Plus } from "lucide-react";
import { useState } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
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
import { ChannelCard } from "./channel-card";
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
  const add = <AddChannel owner={owner} action={actions.createChannelAction} />;
  return (
    <>
      <NotificationsHeader owner={owner} current="channels" actions={add} />
      {!screen.isMailSetUp && (
        <Alert variant="warning">
          <MailWarning aria-hidden />
          <AlertTitle>Mail is not set up</AlertTitle>
          <AlertDescription>
            Channels of type mail send nothing until the operator sets SMTP_URL and MAIL_FROM. All other types
            work.
          </AlertDescription>
        </Alert>
      )}
      {screen.channels.length === 0 ? (
        <EmptyState
          icon={BellRing}
          title="No channel yet"
          description="Add a channel, send it a test, then subscribe it to what you want to hear of."
        />
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
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <DialogButton
        variant="default"
        label={
          <>
            <Plus aria-hidden />
            Add channel
          </>
        }
        title="Add a channel"
        action={action}
        hidden={hiddenOf(owner)}
        submitLabel="Add channel"
        done="Channel added"
        onDone={(result) => setSecret(result?.secret ?? null)}
      >
        {(errors) => <ChannelFields errors={errors} />}
      </DialogButton>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  return (
    <Dialog open={secret !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Keep the signing secret</DialogTitle>
          <DialogDescription>Give it to the receiver of the webhook.</DialogDescription>
        </DialogHeader>
        {secret !== null && <ShownSecret secret={secret} />}
        <DialogFooter>
          <Button onClick={onClose}>Close</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
