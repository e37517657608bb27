"use client";

import { type SubmitEvent, useActionState, useTransition } from "react";
import { toast } from "sonner";
import type { FormAction, FormResult } from "./form-result";

/** Names and values; a list is sent as several values of one name. */
export type HiddenFields = Record<string, string | number | readonly number[]>;

interface FormActionOptions<Result> {
  /** Said in a toast when it is done; a function may use what came back. */
  done?: string | ((result: Result | undefined) => string);
  onDone?: (result: Result | undefined) => void;
}

/**
 * Runs a server action from a form without emptying it, as React's own form action would.
 *
 * `hidden` are sent along: which company, which user.
 */
export function useFormAction<Result>(
  action: FormAction<Result>,
  hidden: HiddenFields = {},
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
    for (const [name, value] of Object.entries(hidden)) {
      form.delete(name);
      for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one));
    }
    startTransition(() => dispatch(form));
  }
  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!isPending) send(new FormData(event.currentTarget));
  }
  return { state, isPending, onSubmit, send };
}
