"use client";

import type { ReactNode } from "react";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import type { FormAction } from "@/lib/domain/form-result";

interface LinkFormProps {
  action: FormAction;
  token: string;
  label: string;
  pendingLabel: string;
  /** What else is asked, with what was wrong with it. */
  fields?: (errors: Record<string, string>) => ReactNode;
}

/** One button behind a link of a mail. Opening the link does nothing yet: mail filters open every link too. */
export function LinkForm({ action, token, label, pendingLabel, fields }: LinkFormProps) {
  const [state, submit, isPending] = useServerAction(action);
  if (state.status === "done") return <output className="block">{state.message}</output>;
  return (
    <Form state={state} action={submit}>
      <FormMessage state={state} />
      <input type="hidden" name="token" value={token} />
      {fields?.(state.fieldErrors ?? {})}
      <Button type="submit" isPending={isPending}>
        {isPending ? pendingLabel : label}
      </Button>
    </Form>
  );
}
