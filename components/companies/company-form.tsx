"use client";

import { NumberField, SelectField, TextAreaField, TextField } from "@/components/forms/fields";
import { FormMessage } from "@/components/forms/form-message";
import type { FormAction } from "@/components/forms/form-result";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field";

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
}

const RETENTION = [
  { name: "eventRetentionDays", label: "Keep events, days" },
  { name: "errorRetentionDays", label: "Keep errors, days" },
  { name: "auditRetentionDays", label: "Keep audit trail, days" },
] as const;

const days = (number: number | null) =>
  number === null ? "for ever" : `${number.toLocaleString("en")} days`;

export function CompanyForm({ company, inherited, zones, action }: CompanyFormProps) {
  const { state, isPending, onSubmit } = useFormAction(
    action,
    { companyId: company.id },
    { done: "The company is saved." },
  );
  const errors = state.fieldErrors ?? {};
  const zoneChoices = [
    { value: "", label: `The portal's (${inherited.timeZone})` },
    ...zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
  ];
  return (
    <form onSubmit={onSubmit} className="grid gap-6" noValidate>
      <FormMessage state={state} />
      <div className="grid gap-4 sm:grid-cols-2">
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
      <div>
        <Button type="submit" isPending={isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
