"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import type { PasswordOwner, PasswordPolicy } from "@/lib/domain/passwords";
import type { FormAction } from "@/lib/domain/form-result";
import { NewPasswordFields } from "./new-password-fields";

interface ChangePasswordFormProps {
  action: FormAction;
  /** The way out while nothing else opens. */
  signOutAction: (form: FormData) => void | Promise<void>;
  /** A path of this site, already checked. */
  returnPath: string;
  policy: PasswordPolicy;
  owner: PasswordOwner;
}

export function ChangePasswordForm({
  action,
  signOutAction,
  returnPath,
  policy,
  owner,
}: ChangePasswordFormProps) {
  const t = useTranslations("changePassword");
  const [state, submit, isPending] = useServerAction(action);
  return (
    <div className="grid gap-3">
      <Form state={state} action={submit}>
        <FormMessage state={state} />
        <input type="hidden" name="next" value={returnPath} />
        {/* Tells a password manager whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={owner.username} readOnly hidden />
        <Field label={t("current")} error={state.fieldErrors?.currentPassword}>
          {(control) => <PasswordInput {...control} name="currentPassword" autoComplete="current-password" />}
        </Field>
        <NewPasswordFields
          key={state.status === "done" ? state.message : "typing"}
          policy={policy}
          owner={owner}
          errors={state.fieldErrors}
        />
        <Button type="submit" isPending={isPending}>
          {isPending ? t("pending") : t("submit")}
        </Button>
      </Form>
      <Form action={signOutAction}>
        <Button type="submit" variant="ghost">
          {t("signOut")}
        </Button>
      </Form>
    </div>
  );
}
