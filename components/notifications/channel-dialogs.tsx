"use client";

import { useTranslations } from "next-intl";
import { ActionsMenu, DialogItem } from "@/components/forms/actions-menu";
import { SelectField, TextField } from "@/components/forms/fields";
import { SecretOnce } from "@/components/forms/secret-once";
import { ChannelFields } from "./channel-fields";
import { hiddenOf } from "./notification-actions";
import type { ChannelProps } from "./subscription-list";

/** In hours. */
const PAUSES = [1, 4, 24, 72, 168, 720];

/** A signing secret, this once. */
export function ShownSecret({ secret }: { secret: string }) {
  const t = useTranslations("notifications");
  return <SecretOnce label={t("signingSecret")} secret={secret} note={t("signingSecretNote")} />;
}

/** What can be done with a channel, each in a dialog. */
export function ChannelMenu({ owner, channel, actions }: ChannelProps) {
  const t = useTranslations("notifications");
  const { name } = channel;
  const hidden = { ...hiddenOf(owner), channelId: channel.id };
  return (
    <ActionsMenu label={t("channelActions", { name })}>
      <DialogItem
        label={t("edit")}
        hidden={hidden}
        title={t("editTitle", { name })}
        action={actions.changeChannelAction}
        submitLabel={t("save")}
        done={t("channelSaved")}
      >
        {(errors) => <ChannelFields channel={channel} errors={errors} />}
      </DialogItem>
      {channel.type === "webhook" && (
        <DialogItem
          label={t("rotateSecret")}
          hidden={hidden}
          title={t("rotateTitle", { name })}
          description={t("rotateNote")}
          action={actions.rotateSecretAction}
          submitLabel={t("rotate")}
          renderResult={({ secret }) => <ShownSecret secret={secret} />}
        />
      )}
      <DialogItem
        label={t("pause")}
        hidden={hidden}
        title={t("pauseTitle", { name })}
        description={t("pauseNote")}
        action={actions.pauseChannelAction}
        done={t("paused", { name })}
      >
        {(errors) => <PauseFields errors={errors} />}
      </DialogItem>
      <DialogItem
        label={t("delete")}
        hidden={hidden}
        title={t("deleteTitle", { name })}
        description={t("deleteNote")}
        action={actions.deleteChannelAction}
        submitLabel={t("deleteChannel")}
        isDestructive
        done={t("channelDeleted")}
      />
    </ActionsMenu>
  );
}

function PauseFields({ errors }: { errors: Record<string, string> }) {
  const t = useTranslations("notifications");
  const choices = PAUSES.map((hours) => ({
    value: String(hours),
    label: hours < 24 ? t("inHours", { count: hours }) : t("inDays", { count: hours / 24 }),
  }));
  return (
    <>
      <SelectField name="hours" label={t("pauseEnds")} choices={choices} defaultValue="4" errors={errors} />
      <TextField name="reason" label={t("reason")} maxLength={200} errors={errors} isRequired />
    </>
  );
}
