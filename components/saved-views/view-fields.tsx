import { useTranslations } from "next-intl";
import { SwitchField, TextField } from "@/components/forms/fields";

interface ViewFieldsProps {
  /** Absent for a new view. */
  name?: string;
  isShared?: boolean;
  mayShare: boolean;
  errors: Record<string, string>;
}

/** A view's name, and whether everybody in the company sees it. */
export function ViewFields({ name, isShared = false, mayShare, errors }: ViewFieldsProps) {
  const t = useTranslations("saveView");
  return (
    <>
      <TextField
        name="name"
        label={t("name")}
        defaultValue={name}
        errors={errors}
        maxLength={100}
        autoComplete="off"
        isRequired
      />
      {mayShare && (
        <SwitchField
          name="shared"
          label={t("share")}
          description={t("shareNote")}
          errors={errors}
          defaultChecked={isShared}
        />
      )}
    </>
  );
}
