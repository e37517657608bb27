import { TextField } from "@/components/forms/fields";

interface ReasonUntilFieldsProps {
  /** What might be typed as the reason. */
  example: string;
  errors: Record<string, string>;
}

/** The fields `reason` and `until` of a form that makes an exception or an exemption. */
export function ReasonUntilFields({ example, errors }: ReasonUntilFieldsProps) {
  return (
    <>
      <TextField
        name="reason"
        label="Reason"
        errors={errors}
        maxLength={200}
        autoComplete="off"
        placeholder={example}
        isRequired
      />
      <TextField
        name="until"
        label="Last day"
        type="date"
        max="9999-12-30"
        description="Leave it empty for no end."
        errors={errors}
      />
    </>
  );
}
