"use client";

import { type FormEvent, type SubmitEvent, useActionState, useRef, useState, useTransition } from "react";
import { toast } from "@/components/ui/toast";
import { TOUCHED_FIELD, type FormAction, type FormResult } from "@/lib/domain/form-result";
import { useAnswered } from "./use-server-action";
import { TouchedFields } from "./touched-fields";
import { emptyUnlessNewer, typedIn } from "./typed-in";
import { withProof } from "./with-proof";

/** Names and values; a list is sent as several values of one name. */
export type HiddenFields = Record<string, string | number | readonly number[]>;

interface FormActionOptions<Result> {
  /** Said in a toast when it is done; a function may use what came back. */
  done?: string | ((result: Result | undefined) => string);
  onDone?: (result: Result | undefined) => void;
  /** Nothing was done; the form shows why, if it is still there. */
  onRefused?: (refused: FormResult<Result>) => void;
  /** Whether a proof of identity may be asked for when the answer needs one; if not, that is a refusal. */
  mayAsk?: () => boolean;
  /** Empties the form once it is done, for the next thing of its kind; what is typed meanwhile stays. */
  isEmptied?: boolean;
}

/**
 * Runs a server action from a form without emptying it, as React's own form action would.
 *
 * `hidden` are sent along: which company, which user; and so are the names of the fields that were touched, if the
 * form has `onChange`, so that the others keep what another user has changed.
 */
export function useFormAction<Result>(
  action: FormAction<Result>,
  hidden: HiddenFields = {},
  { done, onDone, onRefused, mayAsk, isEmptied }: FormActionOptions<Result> = {},
) {
  const [, startTransition] = useTransition();
  const answered = useAnswered();
  const [touched] = useState(() => new TouchedFields());
  const sent = useRef<{ form: HTMLFormElement; typed: string }>(undefined);
  async function run(state: FormResult<Result>, form: FormData): Promise<FormResult<Result>> {
    const next = await withProof(answered(action), mayAsk)(state, form);
    if (next.status !== "done") {
      touched.release(form);
      onRefused?.(next);
    }
    if (next.status === "done") {
      if (isEmptied && sent.current) emptyUnlessNewer(sent.current.form, sent.current.typed);
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
    if (!form.has(TOUCHED_FIELD)) touched.hold(form);
    startTransition(() => dispatch(form));
  }
  function onChange({ target }: FormEvent<HTMLFormElement>) {
    const { name } = target as EventTarget & { name?: string };
    if (name) touched.add(name);
  }
  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    sent.current = { form, typed: typedIn(form) };
    send(new FormData(form));
  }
  return { state, isPending, onSubmit, onChange, send, touched };
}
