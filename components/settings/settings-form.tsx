"use client";

import type { ReactNode } from "react";
import { EditForm } from "@/components/forms/edit-form";
import { NumberField, SelectField, SwitchField, TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import {
  RetentionConfirmation,
  RetentionPreviewButton,
  useRetentionGuard,
} from "@/components/forms/retention-guard";
import { useFormAction } from "@/components/forms/use-form-action";
import { Card, CardContent } from "@/components/ui/card";
import { FieldSet } from "@/components/ui/field";
import { ERROR_LEVELS } from "@/lib/domain/error-levels";
import type { EditableSettings } from "@/lib/services/settings/read-settings";
import type { RetentionPreview } from "@/lib/services/retention/preview-retention";

interface SettingsFormProps {
  settings: EditableSettings;
  fallbackZone: string;
  zones: readonly string[];
  action: FormAction<{ changed: number }>;
  previewAction: FormAction<RetentionPreview>;
}

type Names<Value> = {
  [Name in keyof EditableSettings]: EditableSettings[Name] extends Value ? Name : never;
}[keyof EditableSettings];

/** What a field of the name is told: its stored value and what is wrong with it. */
function fieldsOf(settings: EditableSettings, errors: Record<string, string>) {
  return {
    flag: (name: Names<boolean>) => ({ name, errors, defaultChecked: settings[name] }),
    value: (name: Names<string | number | null>) => ({ name, errors, defaultValue: settings[name] ?? "" }),
  };
}

type PartProps = ReturnType<typeof fieldsOf>;

/** The portal's settings; a change counts within two seconds on every server. */
export function SettingsForm({ settings, fallbackZone, zones, action, previewAction }: SettingsFormProps) {
  const { state, isPending, onChange, send } = useFormAction(
    action,
    {},
    { done: (result) => (result?.changed ? "The settings are saved." : "Nothing was changed.") },
  );
  const guard = useRetentionGuard({ stored: settings, previewAction, send });
  const zone = settings.timeZone ?? fallbackZone;
  const part = fieldsOf(settings, state.fieldErrors ?? {});
  const { value } = part;
  const zoneChoices = [
    { value: "", label: `As installed (${fallbackZone})` },
    ...zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
  ];
  return (
    <Card>
      <CardContent>
        <EditForm
          state={state}
          isPending={isPending || guard.isAsking}
          submitLabel="Save settings"
          onChange={onChange}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isPending && !guard.isAsking) guard.save(new FormData(event.currentTarget));
          }}
          className="gap-8"
        >
          <SignInPart {...part} />
          <PasswordPart {...part} />
          <SessionPart {...part} />
          <FieldSet legend="Time">
            <Pair>
              <SelectField {...value("timeZone")} label="Time zone" choices={zoneChoices} />
              <NumberField
                {...value("longestSessionHours")}
                label="Longest session, hours"
                description="A longer stretch without an end is shown as uncertain."
              />
            </Pair>
          </FieldSet>
          <RetentionPart {...part}>
            <RetentionPreviewButton guard={guard} zone={zone} />
          </RetentionPart>
          <BackupPart {...part} />
          <RetentionConfirmation guard={guard} zone={zone} />
        </EditForm>
      </CardContent>
    </Card>
  );
}

function Pair({ children }: { children: ReactNode }) {
  return <div className="grid items-start gap-4 sm:grid-cols-2">{children}</div>;
}

function SignInPart({ flag }: PartProps) {
  return (
    <FieldSet legend="Registration and sign-in">
      <SwitchField
        {...flag("allowRegistration")}
        label="People may register"
        description="They are inactive until an administrator activates them."
      />
      <SwitchField
        {...flag("restrictEmailDomains")}
        label="Only with an e-mail address of an allowed domain"
      />
      <SwitchField
        {...flag("requireMfaForAllUsers")}
        label="Require two-factor authentication for everyone"
        description="You can override this per user."
      />
    </FieldSet>
  );
}

function PasswordPart({ flag, value }: PartProps) {
  return (
    <FieldSet legend="Passwords" description="For passwords chosen from now on.">
      <NumberField {...value("passwordMinLength")} label="Minimum length" className="max-w-48" />
      <SwitchField
        {...flag("passwordRequireNumbersMixedCase")}
        label="Require a number, an upper-case and a lower-case letter"
      />
      <SwitchField {...flag("passwordRequireSpecialChars")} label="A special character" />
      <TextField
        {...value("passwordSafeSpecialChars")}
        label="What counts as special"
        className="max-w-md"
        autoComplete="off"
        spellCheck={false}
      />
    </FieldSet>
  );
}

function SessionPart({ value }: PartProps) {
  return (
    <FieldSet legend="Sessions">
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField {...value("sessionIdleMinutes")} label="End when idle, minutes" />
        <NumberField {...value("sessionAbsoluteHours")} label="Maximum session length (hours)" />
        <NumberField {...value("rememberMeDays")} label="Stay signed in for (days)" />
      </div>
    </FieldSet>
  );
}

function RetentionPart({ value, children }: PartProps & { children: ReactNode }) {
  const fields = [
    { name: "eventRetentionDays", label: "Events, days" },
    { name: "errorRetentionDays", label: "Errors, days" },
    { name: "auditRetentionDays", label: "Audit trail, days" },
  ] as const;
  return (
    <FieldSet
      legend="Records"
      description="Leave blank to keep records forever. Companies can have their own limits."
    >
      <div className="grid gap-4 sm:grid-cols-3">
        {fields.map(({ name, label }) => (
          <NumberField key={name} {...value(name)} label={label} placeholder="For ever" />
        ))}
      </div>
      {children}
      <SelectField
        {...value("logLevel")}
        label="Minimum log level"
        className="max-w-xs"
        choices={ERROR_LEVELS.map((level) => ({ value: level, label: level }))}
      />
    </FieldSet>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `Every day at ${String(hour).padStart(2, "0")}:00`,
}));

function BackupPart({ value }: PartProps) {
  return (
    <FieldSet
      legend="Backups"
      description="Made while the portal runs, into the folder “backups” of its data folder. Keep copies elsewhere."
    >
      <Pair>
        <SelectField
          {...value("backupHour")}
          label="Make a backup"
          choices={[{ value: "", label: "Never" }, ...HOURS]}
        />
        <NumberField
          {...value("backupKeepCount")}
          label="Backups kept"
          description="Older ones are deleted once a new one is made."
        />
      </Pair>
    </FieldSet>
  );
}
