"use client";

import { useActionState, useState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { PasswordPolicy } from "@/lib/domain/passwords";
import type { FormAction } from "./form-action";
import { NewPasswordFields } from "./new-password-fields";

export function RegisterForm({ action, policy }: { action: FormAction; policy: PasswordPolicy }) {
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  const [owner, setOwner] = useState({ username: "", email: "" });
  if (state.status === "done") {
    return (
      <Alert variant="success" role="alert">
        <AlertDescription>{state.message}</AlertDescription>
      </Alert>
    );
  }
  return (
    <form action={submit} className="grid gap-4" noValidate>
      {state.message && (
        <Alert variant="destructive" role="alert">
          <AlertDescription>{state.message}</AlertDescription>
        </Alert>
      )}
      <Field name="username" label="Username" error={state.fieldErrors?.username}>
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
      <Field name="email" label="E-mail address" error={state.fieldErrors?.email}>
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
      <NewPasswordFields policy={policy} owner={owner} errors={state.fieldErrors} label="Password" />
      <Button type="submit" disabled={isPending}>
        {isPending ? "Registering…" : "Register"}
      </Button>
    </form>
  );
}
