"use client";

import { useActionState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { FormAction } from "./form-action";

interface LinkFormProps {
  action: FormAction;
  token: string;
  label: string;
  pendingLabel: string;
}

/** One button behind a link of a mail. Opening the link does nothing yet: mail filters open every link too. */
export function LinkForm({ action, token, label, pendingLabel }: LinkFormProps) {
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  if (state.status === "done") return <output className="block">{state.message}</output>;
  return (
    <form action={submit} className="grid gap-4">
      {state.message && (
        <Alert variant="destructive" role="alert">
          <AlertDescription>{state.message}</AlertDescription>
        </Alert>
      )}
      <input type="hidden" name="token" value={token} />
      <Button type="submit" disabled={isPending}>
        {isPending ? pendingLabel : label}
      </Button>
    </form>
  );
}
