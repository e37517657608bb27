"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import type { PasswordOwner, PasswordPolicy } from "@/lib/domain/passwords";
import { PasswordChecklist } from "./password-checklist";

interface NewPasswordFieldsProps {
  policy: PasswordPolicy;
  owner: PasswordOwner;
  errors?: Record<string, string>;
  /** There was no password before. */
  isFirst?: boolean;
}

/** The new password, typed twice, with its rules ticked while typing; both stay typed when the action refuses. */
export function NewPasswordFields({ policy, owner, errors, isFirst = false }: NewPasswordFieldsProps) {
  const t = useTranslations("newPassword");
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const differs = repeated !== "" && !password.startsWith(repeated);
  const repeatedError = errors?.repeatedPassword ?? (differs ? t("differ") : undefined);
  return (
    <>
      <div className="grid gap-2">
        <Field label={isFirst ? t("password") : t("newPassword")} error={errors?.newPassword}>
          {(control) => (
            <PasswordInput
              {...control}
              aria-describedby={["newPassword-rules", control["aria-describedby"]].filter(Boolean).join(" ")}
              name="newPassword"
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <PasswordChecklist id="newPassword-rules" password={password} policy={policy} owner={owner} />
      </div>
      <Field
        label={isFirst ? t("confirmPassword") : t("confirmNewPassword")}
        error={password === repeated ? undefined : repeatedError}
      >
        {(control) => (
          <PasswordInput
            {...control}
            name="repeatedPassword"
            autoComplete="new-password"
            value={repeated}
            onChange={(event) => setRepeated(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
