"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SelectField, SwitchField, TextAreaField, TextField } from "@/components/forms/fields";
import { CHANNEL_TYPES, type ChannelType } from "@/lib/domain/notifications/channel-type";
import { USUAL_QUIET } from "@/lib/domain/notifications/quiet-hours";
import type { ChannelView } from "@/lib/services/notifications/read-channels";

export const TYPE_TEXT = {
  mail: "typeMail",
  webhook: "typeWebhook",
  slack: "typeSlack",
  teams: "typeTeams",
  ntfy: "typeNtfy",
} as const satisfies Record<ChannelType, string>;

/** In seconds. */
const WAITS = [0, 30, 60, 300, 900, 3_600];

const URL_NOTE = {
  webhook: "urlWebhook",
  slack: "urlSlack",
  teams: "urlTeams",
  ntfy: "urlNtfy",
} as const satisfies Record<Exclude<ChannelType, "mail">, string>;

interface ChannelFieldsProps {
  /** Absent for a new one. */
  channel?: ChannelView;
  errors: Record<string, string>;
}

/** The fields of a channel; its type is chosen once. */
export function ChannelFields({ channel, errors }: ChannelFieldsProps) {
  const t = useTranslations("notifications");
  const [type, setType] = useState<ChannelType>(channel?.type ?? "mail");
  return (
    <>
      {channel ? (
        <input type="hidden" name="type" value={type} />
      ) : (
        <SelectField
          name="type"
          label={t("type")}
          choices={CHANNEL_TYPES.map((value) => ({ value, label: t(TYPE_TEXT[value]) }))}
          value={type}
          onChange={(event) => setType(event.target.value as ChannelType)}
          errors={errors}
        />
      )}
      <TextField
        name="name"
        label={t("name")}
        defaultValue={channel?.name}
        errors={errors}
        maxLength={100}
        isRequired
      />
      <TargetFields type={type} channel={channel} errors={errors} />
      <SelectField
        name="waitSeconds"
        label={t("wait")}
        description={t("waitNote")}
        choices={waitsWith(t, channel?.waitSeconds)}
        defaultValue={String(channel?.waitSeconds ?? 30)}
        errors={errors}
      />
      <QuietFields quiet={channel?.quiet ?? null} errors={errors} />
    </>
  );
}

function QuietFields({ quiet, errors }: { quiet: ChannelView["quiet"]; errors: Record<string, string> }) {
  const t = useTranslations("notifications");
  const [hasQuiet, setHasQuiet] = useState(quiet !== null);
  return (
    <>
      <SwitchField
        name="hasQuietHours"
        label={t("quietHours")}
        description={t("quietHoursNote")}
        checked={hasQuiet}
        onCheckedChange={setHasQuiet}
        errors={errors}
      />
      {hasQuiet && (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            name="quietFrom"
            label={t("quietFrom")}
            type="time"
            defaultValue={timeOf((quiet ?? USUAL_QUIET).fromMinute)}
            errors={errors}
          />
          <TextField
            name="quietTo"
            label={t("quietTo")}
            type="time"
            defaultValue={timeOf((quiet ?? USUAL_QUIET).toMinute)}
            errors={errors}
          />
        </div>
      )}
    </>
  );
}

function TargetFields({ type, channel, errors }: ChannelFieldsProps & { type: ChannelType }) {
  const t = useTranslations("notifications");
  if (type === "mail") {
    return (
      <TextAreaField
        name="addresses"
        label={t("addresses")}
        description={t("addressesNote")}
        defaultValue={channel?.addresses.join("\n")}
        rows={3}
        errors={errors}
      />
    );
  }
  return (
    <>
      <TextField
        name="url"
        label={t("url")}
        type="url"
        inputMode="url"
        description={channel ? t("urlKept", { target: channel.target }) : t(URL_NOTE[type])}
        errors={errors}
        maxLength={2000}
        autoComplete="off"
        isRequired={!channel}
      />
      {type === "ntfy" && (
        <TextField
          name="secret"
          label={t("token")}
          type="password"
          description={t(channel ? "tokenKept" : "tokenNote")}
          errors={errors}
          maxLength={200}
          autoComplete="off"
        />
      )}
    </>
  );
}

type T = ReturnType<typeof useTranslations<"notifications">>;

function waitsWith(t: T, seconds = 0) {
  const all = WAITS.includes(seconds) ? WAITS : [...WAITS, seconds];
  return all.map((wait) => ({ value: String(wait), label: waitText(t, wait) }));
}

function waitText(t: T, seconds: number): string {
  if (seconds === 0) return t("waitNone");
  if (seconds % 3_600 === 0) return t("hours", { count: seconds / 3_600 });
  return seconds % 60 === 0 ? t("minutes", { count: seconds / 60 }) : t("seconds", { count: seconds });
}

function timeOf(minute: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
