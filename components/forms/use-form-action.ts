"use client";

import { type SubmitEvent, useActionState, useTransition } from "react";
import { toast } from "sonner";
import type { FormAction, FormResult } from "./form-result";

interface FormActionOptions<Result> {
  /** Said in a toast when it is done; a function may use what came back. */
  done?: string | ((result: Result | undefined) => string);
  onDone?: (result: Result | undefined) => void;
}

/**
 * Runs a server action from a form without emptying it, as React's own form action would.
 *
 * `hidden` are names and values sent along: which company, which user.
 */
export function useFormAction<Result>(
  action: FormAction<Result>,
  hidden: Record<string, string | number> = {},
  { done, onDone }: FormActionOptions<Result> = {},
) {
  const [, startTransition] = useTransition();
  async function run(state: FormResult<Result>, form: FormData): Promise<FormResult<Result>> {
    const next = await action(state, form);
    if (next.status === "done") {
      if (done) toast.success(typeof done === "function" ? done(next.result) : done);
      onDone?.(next.result);
    }
    return next;
  }
  const [state, dispatch, isPending] = useActionState(run, { status: "idle" });

  function send(form: FormData) {
    for (const [name, value] of Object.entries(hidden)) form.set(name, String(value));
    startTransition(() => dispatch(form));
  }
  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!isPending) send(new FormData(event.currentTarget));
  }
  return { state, isPending, onSubmit, send };
}
