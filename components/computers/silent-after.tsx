"use client";

import { useTranslations } from "next-intl";
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

type T = ReturnType<typeof useTranslations<"computers">>;

/** Whole days and hours as people say them, without zeros: not "24 h 0 min". */
function silentWords(t: T, minutes: number): string {
  if (minutes % 1440 === 0) return t("silentDays", { count: minutes / 1440 });
  if (minutes % 60 === 0) return t("silentHours", { count: minutes / 60 });
  return t("silentDuration", { duration: formatDuration(minutes * 60) });
}

/** After how long without a word a computer or site of the company counts as silent. */
export function SilentAfter({ companyId, companyName, minutes, action }: SilentAfterProps) {
  const t = useTranslations("computers");
  const words = silentWords(t, minutes);
  if (!action) return <span className="text-sm text-muted-foreground">{words}</span>;
  return (
    <DialogButton
      label={words}
      title={t("silentTitle")}
      description={t("silentNote", { company: companyName })}
      action={action}
      hidden={{ companyId }}
      submitLabel={t("save")}
      done={t("silentSaved")}
    >
      {(errors) => (
        <NumberField
          name="silentAfterMinutes"
          label={t("silentMinutes")}
          description={t("silentMinutesNote")}
          defaultValue={minutes}
          errors={errors}
          isRequired
        />
      )}
    </DialogButton>
  );
}
