"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import type { PasswordOwner, PasswordPolicy } from "@/lib/domain/passwords";
import type { FormAction } from "@/lib/domain/form-result";
import { NewPasswordFields } from "./new-password-fields";

interface ResetPasswordFormProps {
  action: FormAction;
  token: string;
  policy: PasswordPolicy;
  owner: PasswordOwner;
}

export function ResetPasswordForm({ action, token, policy, owner }: ResetPasswordFormProps) {
  const t = useTranslations("choosePassword");
  const [state, submit, isPending] = useServerAction(action);
  return (
    <Form state={state} action={submit}>
      <FormMessage state={state} />
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={owner.username} readOnly hidden />
      <NewPasswordFields policy={policy} owner={owner} errors={state.fieldErrors} />
      <Button type="submit" isPending={isPending}>
        {isPending ? t("pending") : t("submit")}
      </Button>
    </Form>
  );
}
