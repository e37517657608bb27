"use client";

import { useActionState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FormAction } from "./form-action";

/** Asks for the address that a link goes to. */
export function ForgotPasswordForm({ action }: { action: FormAction }) {
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  if (state.status === "done") {
    return (
      <Alert variant="success" role="alert">
        <AlertDescription>{state.message}</AlertDescription>
      </Alert>
    );
  }
  return (
    <form action={submit} className="grid gap-4" noValidate>
      {state.message && !state.fieldErrors?.email && (
        <Alert variant="destructive" role="alert">
          <AlertDescription>{state.message}</AlertDescription>
        </Alert>
      )}
      <Field name="email" label="Email address" error={state.fieldErrors?.email}>
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
      <Button type="submit" disabled={isPending}>
        {isPending ? "Sending…" : "Send link"}
      </Button>
    </form>
  );
}
