"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/forms/action-dialog";
import { SelectField, TextField } from "@/components/forms/fields";
import { SecretOnce } from "@/components/forms/secret-once";
import { ChannelFields } from "./channel-fields";
import { hiddenOf } from "./notification-actions";
import type { ChannelProps } from "./subscription-list";

export type ChannelDialogKind = "change" | "rotate" | "pause" | "delete";

/** In hours. */
const PAUSES = [1, 4, 24, 72, 168, 720];

/** A signing secret, this once. */
export function ShownSecret({ secret }: { secret: string }) {
  const t = useTranslations("notifications");
  return <SecretOnce label={t("signingSecret")} secret={secret} note={t("signingSecretNote")} />;
}

/** The dialog of one entry of a channel's menu. */
export function ChannelDialog(props: ChannelDialogProps & { kind: ChannelDialogKind }) {
  const t = useTranslations("notifications");
  const { kind, channel, actions } = props;
  const { name } = channel;
  const common = commonOf(props);
  if (kind === "rotate") {
    return (
      <ActionDialog
        {...common}
        title={t("rotateTitle", { name })}
        description={t("rotateNote")}
        action={actions.rotateSecretAction}
        submitLabel={t("rotate")}
        renderResult={({ secret }) => <ShownSecret secret={secret} />}
      />
    );
  }
  if (kind === "pause") return <PauseDialog {...props} />;
  if (kind === "delete") {
    return (
      <ActionDialog
        {...common}
        title={t("deleteTitle", { name })}
        description={t("deleteNote")}
        action={actions.deleteChannelAction}
        submitLabel={t("deleteChannel")}
        isDestructive
        done={t("channelDeleted")}
      />
    );
  }
  return (
    <ActionDialog
      {...common}
      title={t("editTitle", { name })}
      action={actions.changeChannelAction}
      submitLabel={t("save")}
      done={t("channelSaved")}
    >
      {(errors) => <ChannelFields channel={channel} errors={errors} />}
    </ActionDialog>
  );
}

type ChannelDialogProps = ChannelProps & { onClose: () => void };

function commonOf({ owner, channel, onClose }: ChannelDialogProps) {
  return {
    isOpen: true,
    onOpenChange: (isOpen: boolean) => !isOpen && onClose(),
    hidden: { ...hiddenOf(owner), channelId: channel.id },
  };
}

function PauseDialog(props: ChannelDialogProps) {
  const t = useTranslations("notifications");
  const { name } = props.channel;
  const choices = PAUSES.map((hours) => ({
    value: String(hours),
    label: hours < 24 ? t("inHours", { count: hours }) : t("inDays", { count: hours / 24 }),
  }));
  return (
    <ActionDialog
      {...commonOf(props)}
      title={t("pauseTitle", { name })}
      description={t("pauseNote")}
      action={props.actions.pauseChannelAction}
      submitLabel={t("pause")}
      done={t("paused", { name })}
    >
      {(errors) => (
        <>
          <SelectField
            name="hours"
            label={t("pauseEnds")}
            choices={choices}
            defaultValue="4"
            errors={errors}
          />
          <TextField name="reason" label={t("reason")} maxLength={200} errors={errors} isRequired />
        </>
      )}
    </ActionDialog>
  );
}
