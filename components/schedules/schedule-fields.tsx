"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SelectField, TextAreaField, TextField } from "@/components/forms/fields";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError, FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { useWords } from "@/components/ui/use-words";
import { zoneWords } from "@/components/time/zone-choices";
import type { ReportSchedule } from "@/lib/domain/reports/schedule";
import { SCHEDULE_RANGE_TEXT, SCHEDULE_RANGES } from "@/lib/domain/reports/schedule-range";
import {
  clockText,
  SCHEDULE_FORMAT_TEXT,
  SCHEDULE_FORMATS,
  WEEKDAY_TEXTS,
} from "@/lib/domain/reports/schedule-words";
import type { MemberChoice, ScheduleChoices, ScheduleView } from "@/lib/services/schedules/read-schedules";
import { labelOf } from "./member-label";

const KINDS = ["daily", "weekly", "monthly"] as const;
const MONTH_DAYS = Array.from({ length: 28 }, (_, at) => at + 1);

interface ScheduleFieldsProps {
  choices: ScheduleChoices;
  /** What is changed; null for a new one. */
  schedule: ScheduleView | null;
  errors: Record<string, string>;
}

/** When a report goes out, for which days, as what and to whom. */
export function ScheduleFields({ choices, schedule, errors }: ScheduleFieldsProps) {
  const t = useTranslations("schedules");
  const word = useWords("lists", "reportStates", "schedules");
  const ranges = SCHEDULE_RANGES.map((value) => ({
    value,
    label: word({ key: SCHEDULE_RANGE_TEXT[value] }),
  }));
  const formats = SCHEDULE_FORMATS.map((value) => ({
    value,
    label: word({ key: SCHEDULE_FORMAT_TEXT[value] }),
  }));
  return (
    <>
      <TimeFields choices={choices} schedule={schedule} errors={errors} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="range"
          label={t("period")}
          choices={ranges}
          defaultValue={schedule?.range ?? "last-week"}
          errors={errors}
        />
        <SelectField
          name="format"
          label={t("format")}
          choices={formats}
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
  const t = useTranslations("schedules");
  const word = useWords("schedules");
  const rule = schedule?.schedule ?? NEW;
  const [kind, setKind] = useState<string>(rule.kind);
  const days = WEEKDAY_TEXTS.map((key, at) => ({ value: String(at + 1), label: word({ key }) }));
  const monthDays = [
    ...MONTH_DAYS.map((day) => ({ value: String(day), label: t("dayNumber", { day }) })),
    { value: "last", label: t("lastDay") },
  ];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name="kind"
        label={t("frequency")}
        choices={KINDS.map((value) => ({ value, label: t(value) }))}
        value={kind}
        onChange={({ target }) => setKind(target.value)}
        errors={errors}
      />
      {kind === "weekly" && (
        <SelectField
          name="weekday"
          label={t("dayOfWeek")}
          choices={days}
          defaultValue={rule.kind === "weekly" ? String(rule.weekday) : "1"}
          errors={errors}
        />
      )}
      {kind === "monthly" && (
        <SelectField
          name="day"
          label={t("dayOfMonth")}
          choices={monthDays}
          defaultValue={rule.kind === "monthly" ? String(rule.day) : "1"}
          errors={errors}
        />
      )}
      <TextField
        name="time"
        type="time"
        label={t("time")}
        description={zoneWords(choices.zone)}
        defaultValue={clockText(rule)}
        errors={errors}
        isRequired
      />
    </div>
  );
}

function RecipientFields({ choices, schedule, errors }: ScheduleFieldsProps) {
  const t = useTranslations("schedules");
  const chosen = schedule?.members ?? choices.members.slice(0, 1);
  const isChosen = ({ userId }: MemberChoice) => chosen.some((one) => one.userId === userId);
  const left = chosen.filter(({ userId }) => !choices.members.some((one) => one.userId === userId));
  const addresses = schedule?.addresses ?? [];
  return (
    <>
      <FieldSet legend={t("members")}>
        <div data-print="expand" className="grid max-h-48 gap-2 overflow-y-auto rounded-md border p-3">
          {[...choices.members, ...left].map((member) => (
            <div key={member.userId} className="flex items-center gap-2.5">
              <Checkbox
                id={`member-${member.userId}`}
                name="memberIds"
                value={String(member.userId)}
                defaultChecked={isChosen(member)}
              />
              <Label htmlFor={`member-${member.userId}`} className="wrap-anywhere">
                {labelOf(member, t)}
              </Label>
            </div>
          ))}
        </div>
        <FieldError error={errors.memberIds} />
      </FieldSet>
      {(choices.domains.length > 0 || addresses.length > 0) && (
        <TextAreaField
          name="addresses"
          label={t("addresses")}
          description={
            choices.domains.length > 0
              ? t("addressesNote", { domains: choices.domains.join(", ") })
              : t("addressesNoDomain")
          }
          rows={2}
          defaultValue={addresses.join("\n")}
          errors={errors}
        />
      )}
    </>
  );
}
