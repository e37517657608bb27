import { useTranslations } from "next-intl";
import { DateField, TextField } from "@/components/forms/fields";

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
      <DateField name="until" label={t("lastDay")} description={t("lastDayNote")} errors={errors} />
    </>
  );
}
