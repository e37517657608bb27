"use client";

import {
  type ComponentProps,
  type RefObject,
  startTransition,
  type SubmitEvent,
  useEffect,
  useEffectEvent,
  useRef,
} from "react";
import { cn } from "@/components/ui/cn";
import type { FormResult } from "@/lib/domain/form-result";
import { emptyUnlessNewer, typedIn } from "./typed-in";

export interface FormProps extends Omit<ComponentProps<"form">, "action" | "noValidate"> {
  /** What came of the last try; an error takes the focus to the first field that is wrong. */
  state?: FormResult;
  /** A server action, which also works before the page is alive. Others take `onSubmit`. */
  action?: (form: FormData) => void | Promise<void>;
  formRef?: RefObject<HTMLFormElement | null>;
  /** Told of the controls that are wrong after an error, in the order of the page. */
  onRefused?: (wrong: readonly HTMLElement[]) => void;
}

/**
 * The one form element. React empties a form when its action ends, however it ends; this one keeps what was typed
 * until the change is done.
 */
export function Form({ state, action, onSubmit, formRef, onRefused, className, ...props }: FormProps) {
  const ownRef = useRef<HTMLFormElement>(null);
  const form = formRef ?? ownRef;
  const isEmptied = action !== undefined;
  const sent = useRef<string>(undefined);
  const tellRefused = useEffectEvent((wrong: readonly HTMLElement[]) => onRefused?.(wrong));
  useEffect(() => {
    if (state?.status === "error") {
      const wrong = [...(form.current?.querySelectorAll<HTMLElement>("[aria-invalid=true]") ?? [])];
      focusFirst(wrong);
      tellRefused(wrong);
    }
    if (state?.status === "done" && isEmptied && form.current) emptyUnlessNewer(form.current, sent.current);
  }, [form, state, isEmptied]);
  function submit(event: SubmitEvent<HTMLFormElement>) {
    onSubmit?.(event);
    if (!action || event.defaultPrevented) return;
    event.preventDefault();
    sent.current = typedIn(event.currentTarget);
    const fields = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => action(fields));
  }
  return (
    <form
      ref={form}
      action={action}
      onSubmit={submit}
      className={cn("grid gap-4", className)}
      noValidate
      {...props}
    />
  );
}

function focusFirst([first]: readonly HTMLElement[]): void {
  if (!first) return;
  first.focus();
  // As the Tab key does.
  if (first instanceof HTMLInputElement) first.select();
}
