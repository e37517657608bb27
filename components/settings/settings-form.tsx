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
import type { RetentionPreview } from "@/lib/services/retention/preview-retention";

export interface EditableSettings {
  allowRegistration: boolean;
  restrictEmailDomains: boolean;
  passwordMinLength: number;
  passwordRequireNumbersMixedCase: boolean;
  passwordRequireSpecialChars: boolean;
  passwordSafeSpecialChars: string;
  requireMfaForAllUsers: boolean;
  logLevel: string;
  timeZone: string | null;
  longestSessionHours: number;
  eventRetentionDays: number | null;
  errorRetentionDays: number | null;
  auditRetentionDays: number | null;
  sessionIdleMinutes: number;
  sessionAbsoluteHours: number;
  rememberMeDays: number;
  backupHour: number | null;
  backupKeepCount: number;
}

interface SettingsFormProps {
  settings: EditableSettings;
  fallbackZone: string;
  zones: readonly string[];
  action: FormAction<{ changed: number }>;
  previewAction: FormAction<RetentionPreview>;
}

interface PartProps {
  settings: EditableSettings;
  errors: Record<string, string>;
}

/** The portal's settings; a change counts within two seconds on every server. */
export function SettingsForm({ settings, fallbackZone, zones, action, previewAction }: SettingsFormProps) {
  const { state, isPending, onChange, send } = useFormAction(
    action,
    {},
    { done: (result) => (result?.changed ? "The settings are saved." : "Nothing was changed.") },
  );
  const guard = useRetentionGuard({ stored: settings, previewAction, send });
  const zone = settings.timeZone ?? fallbackZone;
  const part = { settings, errors: state.fieldErrors ?? {} };
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
              <SelectField
                name="timeZone"
                label="Time zone"
                defaultValue={settings.timeZone ?? ""}
                choices={zoneChoices}
                errors={part.errors}
              />
              <NumberField
                name="longestSessionHours"
                label="Longest session, hours"
                description="A longer stretch without an end is shown as uncertain."
                defaultValue={settings.longestSessionHours}
                errors={part.errors}
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

function SignInPart({ settings, errors }: PartProps) {
  return (
    <FieldSet legend="Registration and sign-in">
      <SwitchField
        name="allowRegistration"
        label="People may register"
        description="They are inactive until an administrator activates them."
        defaultChecked={settings.allowRegistration}
        errors={errors}
      />
      <SwitchField
        name="restrictEmailDomains"
        label="Only with an e-mail address of an allowed domain"
        defaultChecked={settings.restrictEmailDomains}
        errors={errors}
      />
      <SwitchField
        name="requireMfaForAllUsers"
        label="Everybody needs a second step"
        description="Single users can be excepted, or required all the same, on their pages."
        defaultChecked={settings.requireMfaForAllUsers}
        errors={errors}
      />
    </FieldSet>
  );
}

function PasswordPart({ settings, errors }: PartProps) {
  return (
    <FieldSet legend="Passwords" description="For passwords chosen from now on.">
      <NumberField
        name="passwordMinLength"
        label="Shortest length"
        className="max-w-48"
        defaultValue={settings.passwordMinLength}
        errors={errors}
      />
      <SwitchField
        name="passwordRequireNumbersMixedCase"
        label="A number, a capital and a small letter"
        defaultChecked={settings.passwordRequireNumbersMixedCase}
        errors={errors}
      />
      <SwitchField
        name="passwordRequireSpecialChars"
        label="A special character"
        defaultChecked={settings.passwordRequireSpecialChars}
        errors={errors}
      />
      <TextField
        name="passwordSafeSpecialChars"
        label="What counts as special"
        className="max-w-md"
        defaultValue={settings.passwordSafeSpecialChars}
        errors={errors}
        autoComplete="off"
        spellCheck={false}
      />
    </FieldSet>
  );
}

function SessionPart({ settings, errors }: PartProps) {
  return (
    <FieldSet legend="Sessions">
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField
          name="sessionIdleMinutes"
          label="End when idle, minutes"
          defaultValue={settings.sessionIdleMinutes}
          errors={errors}
        />
        <NumberField
          name="sessionAbsoluteHours"
          label="End in any case, hours"
          defaultValue={settings.sessionAbsoluteHours}
          errors={errors}
        />
        <NumberField
          name="rememberMeDays"
          label="Remembered for, days"
          defaultValue={settings.rememberMeDays}
          errors={errors}
        />
      </div>
    </FieldSet>
  );
}

function RetentionPart({ settings, errors, children }: PartProps & { children: ReactNode }) {
  const fields = [
    { name: "eventRetentionDays", label: "Events, days" },
    { name: "errorRetentionDays", label: "Errors, days" },
    { name: "auditRetentionDays", label: "Audit trail, days" },
  ] as const;
  return (
    <FieldSet legend="Records" description="Empty keeps for ever. A company may have its own times.">
      <div className="grid gap-4 sm:grid-cols-3">
        {fields.map(({ name, label }) => (
          <NumberField
            key={name}
            name={name}
            label={label}
            defaultValue={settings[name] ?? ""}
            placeholder="For ever"
            errors={errors}
          />
        ))}
      </div>
      {children}
      <SelectField
        name="logLevel"
        label="Least severe level in the error log"
        className="max-w-xs"
        defaultValue={settings.logLevel}
        choices={ERROR_LEVELS.map((level) => ({ value: level, label: level }))}
        errors={errors}
      />
    </FieldSet>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `Every day at ${String(hour).padStart(2, "0")}:00`,
}));

function BackupPart({ settings, errors }: PartProps) {
  return (
    <FieldSet
      legend="Backups"
      description="Made while the portal runs, into the folder “backups” of its data folder. Keep copies elsewhere."
    >
      <Pair>
        <SelectField
          name="backupHour"
          label="Make a backup"
          defaultValue={settings.backupHour === null ? "" : String(settings.backupHour)}
          choices={[{ value: "", label: "Never" }, ...HOURS]}
          errors={errors}
        />
        <NumberField
          name="backupKeepCount"
          label="Backups kept"
          description="Older ones are deleted once a new one is made."
          defaultValue={settings.backupKeepCount}
          errors={errors}
        />
      </Pair>
    </FieldSet>
  );
}
