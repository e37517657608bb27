"use client";

import type { ReactNode } from "react";
import { NumberField, SelectField, SwitchField, TextField } from "@/components/forms/fields";
import { FormMessage } from "@/components/forms/form-message";
import type { FormAction } from "@/components/forms/form-result";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Card, CardContent } from "@/components/ui/card";
import { FieldSet } from "@/components/ui/field";
import { ERROR_LEVELS } from "@/lib/domain/error-levels";

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
}

interface SettingsFormProps {
  settings: EditableSettings;
  fallbackZone: string;
  zones: readonly string[];
  action: FormAction<{ changed: number }>;
}

interface PartProps {
  settings: EditableSettings;
  errors: Record<string, string>;
}

/** The portal's settings; a change counts within two seconds on every server. */
export function SettingsForm({ settings, fallbackZone, zones, action }: SettingsFormProps) {
  const { state, isPending, onSubmit } = useFormAction(
    action,
    {},
    { done: (result) => (result?.changed ? "The settings are saved." : "Nothing was changed.") },
  );
  const part = { settings, errors: state.fieldErrors ?? {} };
  const zoneChoices = [
    { value: "", label: `As installed (${fallbackZone})` },
    ...zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
  ];
  return (
    <Card>
      <CardContent>
        <form onSubmit={onSubmit} className="grid gap-8" noValidate>
          <FormMessage state={state} />
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
          <RetentionPart {...part} />
          <div>
            <Button type="submit" isPending={isPending}>
              Save settings
            </Button>
          </div>
        </form>
      </CardContent>
    </Card>
  );
}

function Pair({ children }: { children: ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2">{children}</div>;
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

function RetentionPart({ settings, errors }: PartProps) {
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
