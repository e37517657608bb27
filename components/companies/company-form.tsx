"use client";

import { useTranslations } from "next-intl";
import { EditForm } from "@/components/forms/edit-form";
import { NumberField, SelectField, TextAreaField, TextField } from "@/components/forms/fields";
import { ACTIVE_LOCALES, LOCALE_NAMES, storedLocale } from "@/lib/domain/locales";
import type { FormAction } from "@/lib/domain/form-result";
import {
  RetentionConfirmation,
  RetentionPreviewButton,
  useRetentionGuard,
} from "@/components/forms/retention-guard";
import { useFormAction } from "@/components/forms/use-form-action";
import { zoneChoices, zoneWords } from "@/components/time/zone-choices";
import { FieldRow, FieldSet } from "@/components/ui/field";
import type { RetentionPreview } from "@/lib/services/retention/preview-retention";

export interface CompanyFields {
  id: number;
  name: string;
  description: string | null;
  timeZone: string | null;
  language: string | null;
  eventRetentionDays: number | null;
  errorRetentionDays: number | null;
  auditRetentionDays: number | null;
  silentAfterMinutes: number;
  privacyText: string | null;
}

/** What a company without a value of its own follows. */
export interface InheritedFields {
  timeZone: string;
  eventRetentionDays: number | null;
  errorRetentionDays: number | null;
  auditRetentionDays: number | null;
}

interface CompanyFormProps {
  company: CompanyFields;
  inherited: InheritedFields;
  zones: readonly string[];
  action: FormAction<{ id: number }>;
  previewAction: FormAction<RetentionPreview>;
}

export function CompanyForm({ company, inherited, zones, action, previewAction }: CompanyFormProps) {
  const t = useTranslations("companies");
  const hidden = { companyId: company.id };
  const { state, isPending, onChange, touched, send } = useFormAction(action, hidden, {
    done: t("saved"),
  });
  const guard = useRetentionGuard({
    stored: company,
    previewAction,
    hidden,
    onChange,
    touched,
    send,
    isPending,
  });
  const zone = company.timeZone ?? inherited.timeZone;
  const errors = state.fieldErrors ?? {};
  const choicesOfZone = [{ value: "", label: t("portalDefault") }, ...zoneChoices(zones)];
  return (
    <EditForm state={state} {...guard.guarded} submitLabel={t("save")}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label={t("name")}
          defaultValue={company.name}
          errors={errors}
          maxLength={100}
          isRequired
        />
        <TextField
          name="description"
          label={t("companyDescription")}
          defaultValue={company.description ?? ""}
          errors={errors}
          maxLength={200}
        />
        <SelectField
          name="timeZone"
          label={t("timeZone")}
          description={t("portalZone", { zone: zoneWords(inherited.timeZone) })}
          defaultValue={company.timeZone ?? ""}
          choices={choicesOfZone}
          errors={errors}
        />
        <SelectField
          name="language"
          label={t("language")}
          description={t("languageNote")}
          defaultValue={storedLocale(company.language)}
          choices={ACTIVE_LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
          errors={errors}
        />
        <NumberField
          name="silentAfterMinutes"
          label={t("silentAfter")}
          description={t("silentAfterNote")}
          defaultValue={company.silentAfterMinutes}
          errors={errors}
          isRequired
        />
      </div>
      <FieldSet legend={t("retention")} description={t("retentionNote")}>
        <RetentionFields company={company} inherited={inherited} errors={errors} />
        <RetentionPreviewButton guard={guard} zone={zone} />
      </FieldSet>
      <TextAreaField
        name="privacyText"
        label={t("privacyText")}
        description={t("privacyTextNote")}
        defaultValue={company.privacyText ?? ""}
        errors={errors}
        rows={4}
        maxLength={5000}
      />
      <RetentionConfirmation guard={guard} zone={zone} />
    </EditForm>
  );
}

interface RetentionFieldsProps extends Pick<CompanyFormProps, "company" | "inherited"> {
  errors: Record<string, string>;
}

function RetentionFields({ company, inherited, errors }: RetentionFieldsProps) {
  const t = useTranslations("companies");
  const fields = [
    { name: "eventRetentionDays", label: t("eventDays") },
    { name: "errorRetentionDays", label: t("errorDays") },
    { name: "auditRetentionDays", label: t("auditDays") },
  ] as const;
  const days = (count: number | null) => (count === null ? t("forever") : t("days", { count }));
  return (
    <FieldRow>
      {fields.map(({ name, label }) => (
        <NumberField
          key={name}
          name={name}
          label={label}
          defaultValue={company[name] ?? ""}
          placeholder={days(inherited[name])}
          errors={errors}
        />
      ))}
    </FieldRow>
  );
}
