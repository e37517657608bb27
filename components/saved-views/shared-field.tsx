import { SwitchField } from "@/components/forms/fields";

/** Whether everybody in the company sees the view. */
export function SharedField({
  errors,
  isShared = false,
}: {
  errors: Record<string, string>;
  isShared?: boolean;
}) {
  return (
    <SwitchField
      name="shared"
      label="Share with the company"
      description="Everybody who may see the company's events can open it."
      errors={errors}
      defaultChecked={isShared}
    />
  );
}
