"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FormAction } from "@/lib/domain/form-result";

/** Asks for the address that a link goes to. */
export function ForgotPasswordForm({ action }: { action: FormAction }) {
  const t = useTranslations("forgotPassword");
  const [state, submit, isPending] = useServerAction(action);
  if (state.status === "done") return <FormMessage state={state} />;
  return (
    <Form state={state} action={submit}>
      {!state.fieldErrors?.email && <FormMessage state={state} />}
      <Field label={t("email")} error={state.fieldErrors?.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="email"
            defaultValue={state.values?.email}
          />
        )}
      </Field>
      <Button type="submit" isPending={isPending}>
        {isPending ? t("pending") : t("submit")}
      </Button>
    </Form>
  );
}
