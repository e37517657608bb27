import { useTranslations } from "next-intl";
import { TextField } from "@/components/forms/fields";

interface ReasonUntilFieldsProps {
  /** What might be typed as the reason. */
  example: string;
  errors: Record<string, string>;
}

/** The fields `reason` and `until` of a form that makes an exception or an exemption. */
export function ReasonUntilFields({ example, errors }: ReasonUntilFieldsProps) {
  const t = useTranslations("exceptions");
  return (
    <>
      <TextField
        name="reason"
        label={t("reason")}
        errors={errors}
        maxLength={200}
        autoComplete="off"
        placeholder={example}
        isRequired
      />
      <TextField
        name="until"
        label={t("lastDay")}
        type="date"
        max="9999-12-30"
        description={t("lastDayNote")}
        errors={errors}
      />
    </>
  );
}
