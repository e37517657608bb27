import { useTranslations } from "next-intl";
import { SwitchField } from "@/components/forms/fields";

/** Whether everybody in the company sees the view. */
export function SharedField({
  errors,
  isShared = false,
}: {
  errors: Record<string, string>;
  isShared?: boolean;
}) {
  const t = useTranslations("saveView");
  return (
    <SwitchField
      name="shared"
      label={t("share")}
      description={t("shareNote")}
      errors={errors}
      defaultChecked={isShared}
    />
  );
}
