"use client";

import { EditForm } from "@/components/forms/edit-form";
import { NumberField, SelectField, TextAreaField, TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import {
  RetentionConfirmation,
  RetentionPreviewButton,
  useRetentionGuard,
} from "@/components/forms/retention-guard";
import { useFormAction } from "@/components/forms/use-form-action";
import { FieldSet } from "@/components/ui/field";
import type { RetentionPreview } from "@/lib/services/retention/preview-retention";

export interface CompanyFields {
  id: number;
  name: string;
  description: string | null;
  timeZone: string | null;
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

const RETENTION = [
  { name: "eventRetentionDays", label: "Keep events, days" },
  { name: "errorRetentionDays", label: "Keep errors, days" },
  { name: "auditRetentionDays", label: "Keep audit trail, days" },
] as const;

const days = (number: number | null) =>
  number === null ? "for ever" : `${number.toLocaleString("en")} days`;

export function CompanyForm({ company, inherited, zones, action, previewAction }: CompanyFormProps) {
  const hidden = { companyId: company.id };
  const { state, isPending, onChange, send } = useFormAction(action, hidden, {
    done: "The company is saved.",
  });
  const guard = useRetentionGuard({ stored: company, previewAction, hidden, send });
  const zone = company.timeZone ?? inherited.timeZone;
  const errors = state.fieldErrors ?? {};
  const zoneChoices = [
    { value: "", label: `The portal's (${inherited.timeZone})` },
    ...zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
  ];
  return (
    <EditForm
      state={state}
      isPending={isPending || guard.isAsking}
      submitLabel="Save"
      onChange={onChange}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending && !guard.isAsking) guard.save(new FormData(event.currentTarget));
      }}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label="Name"
          defaultValue={company.name}
          errors={errors}
          maxLength={100}
          isRequired
        />
        <TextField
          name="description"
          label="Description"
          defaultValue={company.description ?? ""}
          errors={errors}
          maxLength={200}
        />
        <SelectField
          name="timeZone"
          label="Time zone"
          defaultValue={company.timeZone ?? ""}
          choices={zoneChoices}
          errors={errors}
        />
        <NumberField
          name="silentAfterMinutes"
          label="Silent after, minutes"
          description="A site or computer that sends nothing for this long counts as silent."
          defaultValue={company.silentAfterMinutes}
          errors={errors}
          isRequired
        />
      </div>
      <FieldSet legend="Retention" description="Empty follows the portal.">
        <div className="grid gap-4 sm:grid-cols-3">
          {RETENTION.map(({ name, label }) => (
            <NumberField
              key={name}
              name={name}
              label={label}
              defaultValue={company[name] ?? ""}
              placeholder={days(inherited[name])}
              errors={errors}
            />
          ))}
        </div>
        <RetentionPreviewButton guard={guard} zone={zone} />
      </FieldSet>
      <TextAreaField
        name="privacyText"
        label="Privacy text"
        description="What the company tells its people about this monitoring."
        defaultValue={company.privacyText ?? ""}
        errors={errors}
        rows={4}
        maxLength={5000}
      />
      <RetentionConfirmation guard={guard} zone={zone} />
    </EditForm>
  );
}
