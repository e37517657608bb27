"use client";

import { useState } from "react";
import { SelectField, TextAreaField, TextField } from "@/components/forms/fields";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError, FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { WEEKDAYS } from "@/lib/domain/hour-of-week";
import type { ReportSchedule } from "@/lib/domain/reports/schedule";
import { SCHEDULE_RANGE_LABEL, SCHEDULE_RANGES } from "@/lib/domain/reports/schedule-range";
import { clockText, SCHEDULE_FORMAT_LABEL, SCHEDULE_FORMATS } from "@/lib/domain/reports/schedule-words";
import type { MemberChoice, ScheduleChoices, ScheduleView } from "@/lib/services/schedules/read-schedules";

const KINDS = [
  { value: "daily", label: "Every day" },
  { value: "weekly", label: "Every week" },
  { value: "monthly", label: "Every month" },
];
const DAYS = WEEKDAYS.map((label, at) => ({ value: String(at + 1), label }));
const MONTH_DAYS = [
  ...Array.from({ length: 28 }, (_, at) => ({ value: String(at + 1), label: `Day ${at + 1}` })),
  { value: "last", label: "The last day" },
];
const RANGES = SCHEDULE_RANGES.map((value) => ({ value, label: SCHEDULE_RANGE_LABEL[value] }));
const FORMATS = SCHEDULE_FORMATS.map((value) => ({ value, label: SCHEDULE_FORMAT_LABEL[value] }));

interface ScheduleFieldsProps {
  choices: ScheduleChoices;
  /** What is changed; null for a new one. */
  schedule: ScheduleView | null;
  errors: Record<string, string>;
}

/** When a report goes out, for which days, as what and to whom. */
export function ScheduleFields({ choices, schedule, errors }: ScheduleFieldsProps) {
  return (
    <>
      <TimeFields choices={choices} schedule={schedule} errors={errors} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="range"
          label="Range"
          choices={RANGES}
          defaultValue={schedule?.range ?? "last-week"}
          errors={errors}
        />
        <SelectField
          name="format"
          label="Sent as"
          choices={FORMATS}
          defaultValue={schedule?.format ?? "xlsx"}
          errors={errors}
        />
      </div>
      <RecipientFields choices={choices} schedule={schedule} errors={errors} />
    </>
  );
}

const NEW: ReportSchedule = { kind: "weekly", weekday: 1, hour: 7, minute: 0 };

function TimeFields({ choices, schedule, errors }: ScheduleFieldsProps) {
  const rule = schedule?.schedule ?? NEW;
  const [kind, setKind] = useState<string>(rule.kind);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name="kind"
        label="How often"
        choices={KINDS}
        value={kind}
        onChange={({ target }) => setKind(target.value)}
        errors={errors}
      />
      {kind === "weekly" && (
        <SelectField
          name="weekday"
          label="Day of the week"
          choices={DAYS}
          defaultValue={rule.kind === "weekly" ? String(rule.weekday) : "1"}
          errors={errors}
        />
      )}
      {kind === "monthly" && (
        <SelectField
          name="day"
          label="Day of the month"
          choices={MONTH_DAYS}
          defaultValue={rule.kind === "monthly" ? String(rule.day) : "1"}
          errors={errors}
        />
      )}
      <TextField
        name="time"
        type="time"
        label="Time"
        description={choices.zone}
        defaultValue={clockText(rule)}
        errors={errors}
        isRequired
      />
    </div>
  );
}

function RecipientFields({ choices, schedule, errors }: ScheduleFieldsProps) {
  const chosen = schedule?.members ?? choices.members.slice(0, 1);
  const isChosen = ({ userId }: MemberChoice) => chosen.some((one) => one.userId === userId);
  const left = chosen.filter(({ userId }) => !choices.members.some((one) => one.userId === userId));
  const addresses = schedule?.addresses ?? [];
  return (
    <>
      <FieldSet legend="Members who get it">
        <div className="grid max-h-48 gap-2 overflow-y-auto rounded-md border p-3">
          {[...choices.members, ...left].map((member) => (
            <div key={member.userId} className="flex items-center gap-2.5">
              <Checkbox
                id={`member-${member.userId}`}
                name="memberIds"
                value={String(member.userId)}
                defaultChecked={isChosen(member)}
              />
              <Label htmlFor={`member-${member.userId}`} className="wrap-anywhere">
                {member.label}
              </Label>
            </div>
          ))}
        </div>
        <FieldError error={errors.memberIds} />
      </FieldSet>
      {(choices.domains.length > 0 || addresses.length > 0) && (
        <TextAreaField
          name="addresses"
          label="Other addresses"
          description={`One a line. Allowed: ${choices.domains.join(", ") || "none any more"}.`}
          rows={2}
          defaultValue={addresses.join("\n")}
          errors={errors}
        />
      )}
    </>
  );
}
