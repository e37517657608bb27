"use client";

import { useTranslations } from "next-intl";
import { TextField } from "./fields";

/** Asks for the name of what is to be deleted, against deleting the wrong thing by habit. */
export function ConfirmName({ name, errors }: { name: string; errors: Record<string, string> }) {
  const t = useTranslations("forms");
  return (
    <TextField
      name="confirmedName"
      label={t("typeToConfirm", { name })}
      errors={errors}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      isRequired
    />
  );
}
