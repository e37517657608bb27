"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { FormAction } from "@/lib/domain/form-result";

interface SignInFormProps {
  action: FormAction;
  /** A path of this site, already checked. */
  returnPath: string;
  /** What happened before: shown until the first try. */
  notice?: string;
}

export function SignInForm({ action, returnPath, notice }: SignInFormProps) {
  const t = useTranslations("signIn");
  const [state, submit, isPending] = useServerAction(action);
  return (
    <Form state={state} action={submit}>
      {notice && state.status === "idle" && (
        <Alert>
          <AlertDescription>{notice}</AlertDescription>
        </Alert>
      )}
      <FormMessage state={state} />
      <input type="hidden" name="next" value={returnPath} />
      <Field label={t("login")} error={state.fieldErrors?.login}>
        {(control) => (
          <Input
            {...control}
            name="login"
            defaultValue={state.values?.login}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has one purpose, and this is its first field
            autoFocus
          />
        )}
      </Field>
      <Field label={t("password")} error={state.fieldErrors?.password}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
      </Field>
      <Field label={t("remember")} layout="inline">
        {(control) => <Checkbox {...control} name="remember" />}
      </Field>
      <Button type="submit" isPending={isPending}>
        {isPending ? t("pending") : t("submit")}
      </Button>
    </Form>
  );
}
