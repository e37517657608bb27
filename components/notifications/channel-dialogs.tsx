"use client";

import { ActionDialog } from "@/components/forms/action-dialog";
import { SelectField, TextField } from "@/components/forms/fields";
import { SecretOnce } from "@/components/forms/secret-once";
import { ChannelFields } from "./channel-fields";
import { hiddenOf } from "./notification-actions";
import type { ChannelProps } from "./subscription-list";

export type ChannelDialogKind = "change" | "rotate" | "pause" | "delete";

const PAUSES = [
  { value: "1", label: "In an hour" },
  { value: "4", label: "In 4 hours" },
  { value: "24", label: "In a day" },
  { value: "72", label: "In 3 days" },
  { value: "168", label: "In a week" },
  { value: "720", label: "In 30 days" },
];

/** A signing secret, this once. */
export function ShownSecret({ secret }: { secret: string }) {
  return (
    <SecretOnce
      label="Signing secret"
      secret={secret}
      note="The receiver verifies messages with it. It is not shown again; rotate it to get another."
    />
  );
}

/** The dialog of one entry of a channel's menu. */
export function ChannelDialog({
  kind,
  owner,
  channel,
  actions,
  onClose,
}: ChannelProps & { kind: ChannelDialogKind; onClose: () => void }) {
  const common = {
    isOpen: true,
    onOpenChange: (isOpen: boolean) => !isOpen && onClose(),
    hidden: { ...hiddenOf(owner), channelId: channel.id },
  };
  if (kind === "rotate") {
    return (
      <ActionDialog
        {...common}
        title={`Rotate the secret of ${channel.name}`}
        description="Messages carry the signatures of both secrets for a day, so that the receiver can be changed meanwhile."
        action={actions.rotateSecretAction}
        submitLabel="Rotate"
        renderResult={({ secret }) => <ShownSecret secret={secret} />}
      />
    );
  }
  if (kind === "pause") {
    return (
      <ActionDialog
        {...common}
        title={`Pause ${channel.name}`}
        description="Messages are kept back and follow when the pause ends."
        action={actions.pauseChannelAction}
        submitLabel="Pause"
        done={`${channel.name} is paused.`}
      >
        {(errors) => (
          <>
            <SelectField
              name="hours"
              label="The pause ends"
              choices={PAUSES}
              defaultValue="4"
              errors={errors}
            />
            <TextField name="reason" label="Reason" maxLength={200} errors={errors} isRequired />
          </>
        )}
      </ActionDialog>
    );
  }
  if (kind === "delete") {
    return (
      <ActionDialog
        {...common}
        title={`Delete ${channel.name}`}
        description="Its subscriptions, its deliveries and what waits for it go too."
        action={actions.deleteChannelAction}
        submitLabel="Delete channel"
        isDestructive
        done="The channel is deleted."
      />
    );
  }
  return (
    <ActionDialog
      {...common}
      title={`Change ${channel.name}`}
      action={actions.changeChannelAction}
      submitLabel="Save"
      done="The channel is changed."
    >
      {(errors) => <ChannelFields channel={channel} errors={errors} />}
    </ActionDialog>
  );
}
