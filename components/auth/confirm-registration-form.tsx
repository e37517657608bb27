"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import type { FormAction } from "@/lib/domain/form-result";

interface ConfirmRegistrationFormProps {
  action: FormAction;
  token: string;
  username: string;
}

/** Asks for the password of the registration, which the owner of the address may not be the one to have chosen. */
export function ConfirmRegistrationForm({ action, token, username }: ConfirmRegistrationFormProps) {
  const t = useTranslations("confirmRegistration");
  const [state, submit, isPending] = useServerAction(action);
  if (state.status === "done") return <output className="block">{state.message}</output>;
  return (
    <Form state={state} action={submit}>
      <FormMessage state={state} />
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label={t("password")} description={t("passwordNote")} error={state.fieldErrors?.password}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
      </Field>
      <Button type="submit" isPending={isPending}>
        {isPending ? t("pending") : t("submit")}
      </Button>
    </Form>
  );
}
