"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EditForm } from "@/components/forms/edit-form";
import { SelectField, TextField } from "@/components/forms/fields";
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
import { fieldsOf, SettingFields, type SettingPartProps } from "./setting-fields";

const HALVES = "sm:grid-cols-2";

interface SettingsFormProps {
  settings: EditableSettings;
  fallbackZone: string;
  zones: readonly string[];
  action: FormAction<{ changed: number }>;
  previewAction: FormAction<RetentionPreview>;
}

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
  const choicesOfZone = [{ value: "", label: t("installedZone") }, ...zoneChoices(zones)];
  return (
    <Card>
      <CardContent>
        <EditForm state={state} {...guard.guarded} submitLabel={t("save")} className="gap-8">
          <FieldSet legend={t("signIn")}>
            <SettingFields {...part} of="signIn" />
          </FieldSet>
          <PasswordPart {...part} />
          <FieldSet legend={t("sessions")}>
            <SettingFields {...part} of="sessions" isRow />
          </FieldSet>
          <FieldSet legend={t("time")}>
            <SettingFields {...part} of="time" grid={HALVES}>
              <SelectField
                {...part.value("timeZone")}
                label={t("timeZone")}
                description={t("installedZoneNote", { zone: zoneWords(fallbackZone) })}
                choices={choicesOfZone}
              />
            </SettingFields>
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

function PasswordPart(part: SettingPartProps) {
  const t = useTranslations("settings");
  return (
    <FieldSet legend={t("passwords")} description={t("passwordsNote")}>
      <SettingFields {...part} of="passwords" grid="max-w-48" />
      <TextField
        {...part.value("passwordSafeSpecialChars")}
        label={t("specialCharacters")}
        className="max-w-md"
        autoComplete="off"
        spellCheck={false}
      />
    </FieldSet>
  );
}

function RetentionPart({ children, ...part }: SettingPartProps & { children: ReactNode }) {
  const t = useTranslations("settings");
  return (
    <FieldSet legend={t("records")} description={t("recordsNote")}>
      <SettingFields {...part} of="records" isRow />
      {children}
      <SelectField
        {...part.value("logLevel")}
        label={t("logLevel")}
        className="max-w-xs"
        choices={ERROR_LEVELS.map((level) => ({ value: level, label: level }))}
      />
    </FieldSet>
  );
}

function BackupPart(part: SettingPartProps) {
  const t = useTranslations("settings");
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: t("everyDayAt", { time: `${String(hour).padStart(2, "0")}:00` }),
  }));
  return (
    <FieldSet legend={t("backups")} description={t("backupsNote")}>
      <SettingFields {...part} of="backups" grid={HALVES}>
        <SelectField
          {...part.value("backupHour")}
          label={t("backupHour")}
          choices={[{ value: "", label: t("never") }, ...hours]}
        />
      </SettingFields>
    </FieldSet>
  );
}
