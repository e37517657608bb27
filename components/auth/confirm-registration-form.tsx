"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import type { FormAction } from "@/lib/domain/form-result";
import { LinkForm } from "./link-form";

interface ConfirmRegistrationFormProps {
  action: FormAction;
  token: string;
  username: string;
}

/** Asks for the password of the registration, which the owner of the address may not be the one to have chosen. */
export function ConfirmRegistrationForm({ action, token, username }: ConfirmRegistrationFormProps) {
  const t = useTranslations("confirmRegistration");
  return (
    <LinkForm
      action={action}
      token={token}
      label={t("submit")}
      pendingLabel={t("pending")}
      fields={(errors) => (
        <>
          {/* Tells a password manager whose password this is. */}
          <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
          <Field label={t("password")} description={t("passwordNote")} error={errors.password}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
          </Field>
        </>
      )}
    />
  );
}
