"use client";

import { useState } from "react";
import { SelectField, SwitchField, TextAreaField, TextField } from "@/components/forms/fields";
import { CHANNEL_TYPES, type ChannelType } from "@/lib/domain/notifications/channel";
import { USUAL_QUIET } from "@/lib/domain/notifications/quiet-hours";
import type { ChannelView } from "@/lib/services/notifications/read-channels";

export const TYPE_LABEL: Readonly<Record<ChannelType, string>> = {
  mail: "Mail",
  webhook: "Webhook",
  slack: "Slack",
  teams: "Microsoft Teams",
  ntfy: "ntfy",
};

const WAITS = [
  { value: "0", label: "At once, each by itself" },
  { value: "30", label: "30 seconds" },
  { value: "60", label: "A minute" },
  { value: "300", label: "5 minutes" },
  { value: "900", label: "15 minutes" },
  { value: "3600", label: "An hour" },
];

const ADDRESS_HELP: Readonly<Record<Exclude<ChannelType, "mail">, string>> = {
  webhook: "Receives JSON by POST, signed as Standard Webhooks 1.0 describes.",
  slack: "The address of an incoming webhook of your workspace.",
  teams: "The address of a workflow that posts to a channel when a webhook request is received.",
  ntfy: "The address of the topic, such as https://ntfy.sh/topic.",
};

interface ChannelFieldsProps {
  /** Absent for a new one. */
  channel?: ChannelView;
  errors: Record<string, string>;
}

/** The fields of a channel; its type is chosen once. */
export function ChannelFields({ channel, errors }: ChannelFieldsProps) {
  const [type, setType] = useState<ChannelType>(channel?.type ?? "mail");
  return (
    <>
      {channel ? (
        <input type="hidden" name="type" value={type} />
      ) : (
        <SelectField
          name="type"
          label="Type"
          choices={CHANNEL_TYPES.map((value) => ({ value, label: TYPE_LABEL[value] }))}
          value={type}
          onChange={(event) => setType(event.target.value as ChannelType)}
          errors={errors}
        />
      )}
      <TextField
        name="name"
        label="Name"
        defaultValue={channel?.name}
        errors={errors}
        maxLength={100}
        isRequired
      />
      <TargetFields type={type} channel={channel} errors={errors} />
      <SelectField
        name="waitSeconds"
        label="Gather what happens within"
        description="What belongs together arrives as one message. Further messages follow every 5 minutes."
        choices={waitsWith(channel?.waitSeconds)}
        defaultValue={String(channel?.waitSeconds ?? 30)}
        errors={errors}
      />
      <QuietFields quiet={channel?.quiet ?? null} errors={errors} />
    </>
  );
}

function QuietFields({ quiet, errors }: { quiet: ChannelView["quiet"]; errors: Record<string, string> }) {
  const [hasQuiet, setHasQuiet] = useState(quiet !== null);
  return (
    <>
      <SwitchField
        name="hasQuietHours"
        label="Quiet hours"
        description="Only critical notifications are sent during them; the others follow when they end."
        checked={hasQuiet}
        onCheckedChange={setHasQuiet}
        errors={errors}
      />
      {hasQuiet && (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            name="quietFrom"
            label="Quiet from"
            type="time"
            defaultValue={timeOf((quiet ?? USUAL_QUIET).fromMinute)}
            errors={errors}
          />
          <TextField
            name="quietTo"
            label="Quiet to"
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
  if (type === "mail") {
    return (
      <TextAreaField
        name="addresses"
        label="Mail addresses"
        description="One a line, at most 20."
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
        label="Web address"
        type="url"
        inputMode="url"
        description={
          channel
            ? `Empty keeps the present one at ${channel.target}, which is not shown.`
            : ADDRESS_HELP[type]
        }
        errors={errors}
        maxLength={2000}
        autoComplete="off"
        isRequired={!channel}
      />
      {type === "ntfy" && (
        <TextField
          name="secret"
          label="Access token"
          type="password"
          description={channel ? "Empty keeps the present one." : "Only where the server asks for one."}
          errors={errors}
          maxLength={200}
          autoComplete="off"
        />
      )}
    </>
  );
}

function waitsWith(seconds: number | undefined) {
  if (seconds === undefined || WAITS.some(({ value }) => value === String(seconds))) return WAITS;
  return [...WAITS, { value: String(seconds), label: `${seconds} seconds` }];
}

function timeOf(minute: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
