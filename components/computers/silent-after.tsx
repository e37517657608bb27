"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { formatDuration } from "@/components/time/format";

interface SilentAfterProps {
  companyId: number;
  companyName: string;
  minutes: number;
  /** Null for those who may only know it. */
  action: FormAction<{ silentAfterMinutes: number }> | null;
}

/** "24 h 0 min" as people say it: whole days and hours without their zeros. */
export function spellMinutes(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? "1 day" : `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
  return formatDuration(minutes * 60);
}

/** After how long without a word a computer or site of the company counts as silent. */
export function SilentAfter({ companyId, companyName, minutes, action }: SilentAfterProps) {
  const words = `Silent after ${spellMinutes(minutes)}`;
  if (!action) return <span className="text-sm text-muted-foreground">{words}</span>;
  return (
    <DialogButton
      label={words}
      title="When a computer counts as silent"
      description={`For the computers and sites of ${companyName}. Agents send a health check every five minutes unless told otherwise; a computer that is switched off at night needs a longer time.`}
      action={action}
      hidden={{ companyId }}
      submitLabel="Save"
      done={(result) => `Silent after ${spellMinutes(result?.silentAfterMinutes ?? minutes)} from now on.`}
    >
      {(errors) => (
        <NumberField
          name="silentAfterMinutes"
          label="Minutes without an event or health check"
          description="1440 is a day."
          defaultValue={minutes}
          errors={errors}
          isRequired
        />
      )}
    </DialogButton>
  );
}
