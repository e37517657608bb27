"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { PasswordPolicy } from "@/lib/domain/passwords";
import type { FormAction } from "@/lib/domain/form-result";
import { NewPasswordFields } from "./new-password-fields";

export function RegisterForm({ action, policy }: { action: FormAction; policy: PasswordPolicy }) {
  const t = useTranslations("register");
  const [state, submit, isPending] = useServerAction(action);
  const [owner, setOwner] = useState({ username: "", email: "" });
  if (state.status === "done") return <FormMessage state={state} />;
  return (
    <Form state={state} action={submit}>
      <FormMessage state={state} />
      <Field label={t("username")} error={state.fieldErrors?.username}>
        {(control) => (
          <Input
            {...control}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={owner.username}
            onChange={(event) => setOwner((typed) => ({ ...typed, username: event.target.value }))}
          />
        )}
      </Field>
      <Field label={t("email")} error={state.fieldErrors?.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="email"
            value={owner.email}
            onChange={(event) => setOwner((typed) => ({ ...typed, email: event.target.value }))}
          />
        )}
      </Field>
      <NewPasswordFields policy={policy} owner={owner} errors={state.fieldErrors} isFirst />
      <Button type="submit" isPending={isPending}>
        {isPending ? t("pending") : t("submit")}
      </Button>
    </Form>
  );
}
