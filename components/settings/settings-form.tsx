"use client";

import { useTranslations } from "next-intl";
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
import { zoneChoices, zoneWords } from "@/components/time/zone-choices";
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
  const t = useTranslations("settings");
  const { state, isPending, onChange, touched, send } = useFormAction(
    action,
    {},
    { done: (result) => (result?.changed ? t("saved") : t("unchanged")) },
  );
  const guard = useRetentionGuard({
    stored: settings,
    previewAction,
    onChange,
    touched,
    send,
    isPending,
  });
  const zone = settings.timeZone ?? fallbackZone;
  const part = fieldsOf(settings, state.fieldErrors ?? {});
  const { value } = part;
  const choicesOfZone = [{ value: "", label: t("installedZone") }, ...zoneChoices(zones)];
  return (
    <Card>
      <CardContent>
        <EditForm state={state} {...guard.guarded} submitLabel={t("save")} className="gap-8">
          <SignInPart {...part} />
          <PasswordPart {...part} />
          <SessionPart {...part} />
          <FieldSet legend={t("time")}>
            <Pair>
              <SelectField
                {...value("timeZone")}
                label={t("timeZone")}
                description={t("installedZoneNote", { zone: zoneWords(fallbackZone) })}
                choices={choicesOfZone}
              />
              <NumberField
                {...value("longestSessionHours")}
                label={t("longestSession")}
                description={t("longestSessionNote")}
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
  const t = useTranslations("settings");
  return (
    <FieldSet legend={t("signIn")}>
      <SwitchField
        {...flag("allowRegistration")}
        label={t("allowRegistration")}
        description={t("allowRegistrationNote")}
      />
      <SwitchField {...flag("restrictEmailDomains")} label={t("restrictDomains")} />
      <SwitchField
        {...flag("requireMfaForAllUsers")}
        label={t("requireTwoFactor")}
        description={t("requireTwoFactorNote")}
      />
    </FieldSet>
  );
}

function PasswordPart({ flag, value }: PartProps) {
  const t = useTranslations("settings");
  return (
    <FieldSet legend={t("passwords")} description={t("passwordsNote")}>
      <NumberField {...value("passwordMinLength")} label={t("minLength")} className="max-w-48" />
      <SwitchField {...flag("passwordRequireNumbersMixedCase")} label={t("mixedCase")} />
      <SwitchField {...flag("passwordRequireSpecialChars")} label={t("specialCharacter")} />
      <TextField
        {...value("passwordSafeSpecialChars")}
        label={t("specialCharacters")}
        className="max-w-md"
        autoComplete="off"
        spellCheck={false}
      />
    </FieldSet>
  );
}

function SessionPart({ value }: PartProps) {
  const t = useTranslations("settings");
  return (
    <FieldSet legend={t("sessions")}>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <NumberField {...value("sessionIdleMinutes")} label={t("idleMinutes")} />
        <NumberField {...value("sessionAbsoluteHours")} label={t("absoluteHours")} />
        <NumberField {...value("rememberMeDays")} label={t("rememberDays")} />
      </div>
    </FieldSet>
  );
}

function RetentionPart({ value, children }: PartProps & { children: ReactNode }) {
  const t = useTranslations("settings");
  const fields = [
    { name: "eventRetentionDays", label: t("eventDays") },
    { name: "errorRetentionDays", label: t("errorDays") },
    { name: "auditRetentionDays", label: t("auditDays") },
  ] as const;
  return (
    <FieldSet legend={t("records")} description={t("recordsNote")}>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        {fields.map(({ name, label }) => (
          <NumberField key={name} {...value(name)} label={label} placeholder={t("forever")} />
        ))}
      </div>
      {children}
      <SelectField
        {...value("logLevel")}
        label={t("logLevel")}
        className="max-w-xs"
        choices={ERROR_LEVELS.map((level) => ({ value: level, label: level }))}
      />
    </FieldSet>
  );
}

function BackupPart({ value }: PartProps) {
  const t = useTranslations("settings");
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: t("everyDayAt", { time: `${String(hour).padStart(2, "0")}:00` }),
  }));
  return (
    <FieldSet legend={t("backups")} description={t("backupsNote")}>
      <Pair>
        <SelectField
          {...value("backupHour")}
          label={t("backupHour")}
          choices={[{ value: "", label: t("never") }, ...hours]}
        />
        <NumberField
          {...value("backupKeepCount")}
          label={t("backupCount")}
          description={t("backupCountNote")}
        />
      </Pair>
    </FieldSet>
  );
}
