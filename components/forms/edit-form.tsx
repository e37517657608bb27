"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { FormResult } from "@/lib/domain/form-result";
import { Form, type FormProps } from "./form";
import { LeaveGuard } from "./leave-guard";
import { typedIn } from "./typed-in";

interface EditFormProps extends FormProps {
  state: FormResult;
  isPending: boolean;
  submitLabel: string;
}

/** Whether the fields differ from what is stored, as far as this page knows; what is typed during a save does. */
function useIsDirty(form: { current: HTMLFormElement | null }, state: FormResult) {
  const stored = useRef("");
  const sent = useRef("");
  const [isDirty, setIsDirty] = useState(false);
  const [isNewer, setIsNewer] = useState(false);
  const [known, setKnown] = useState(state);
  if (known !== state) {
    setKnown(state);
    if (state.status !== "error") setIsDirty(isNewer);
  }
  const noteStored = useEffectEvent(() => {
    if (form.current) stored.current = isNewer ? sent.current : typedIn(form.current);
  });
  useEffect(() => {
    if (state.status !== "error") noteStored();
  }, [state]);
  const look = () => {
    if (!form.current) return;
    const typed = typedIn(form.current);
    setIsDirty(typed !== stored.current);
    setIsNewer(typed !== sent.current);
  };
  const noteSent = () => {
    if (form.current) sent.current = typedIn(form.current);
    setIsNewer(false);
  };
  return { isDirty, look, noteSent };
}

/**
 * A form that is longer than a screen: its Save button stays in view with what is wrong beside it, and the page is
 * not left by a link, the palette or a reload while something typed is not saved.
 */
export function EditForm({
  state,
  isPending,
  submitLabel,
  onChange,
  onSubmit,
  className,
  children,
  ...props
}: EditFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const { isDirty, look, noteSent } = useIsDirty(form, state);
  return (
    <Form
      {...props}
      state={state}
      formRef={form}
      onRefused={(controls) => setWrong(controls.map(named))}
      onChange={(event) => {
        onChange?.(event);
        look();
      }}
      onSubmit={(event) => {
        if (!isPending) noteSent();
        onSubmit?.(event);
      }}
      // What gets the focus is never behind the bar.
      className={cn("gap-6 [&_:is(input,select,textarea,button)]:scroll-mb-24", className)}
    >
      {children}
      <div
        data-slot="save-bar"
        className="sticky bottom-0 z-20 -mx-4 -mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-b-lg border-t bg-card px-4 py-3"
      >
        <Button type="submit" isPending={isPending}>
          {submitLabel}
        </Button>
        <SaveState state={state} wrong={wrong} isDirty={isDirty} />
      </div>
      <LeaveGuard isDirty={isDirty} />
    </Form>
  );
}

interface Wrong {
  control: HTMLElement;
  label: string;
}

function named(control: HTMLElement): Wrong {
  const label = document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  return { control, label: label?.firstChild?.textContent ?? control.id };
}

interface SaveStateProps {
  state: FormResult;
  wrong: readonly Wrong[];
  isDirty: boolean;
}

/** What is wrong, by name and one press away; else whether there is anything to save. */
function SaveState({ state, wrong, isDirty }: SaveStateProps) {
  const t = useTranslations("forms");
  if (state.status !== "error") {
    return isDirty ? <p className="text-sm text-muted-foreground">{t("unsaved")}</p> : null;
  }
  return (
    <div role="alert" className="flex min-w-0 flex-wrap items-center gap-x-2 text-sm text-destructive-text">
      <p className="min-w-0 wrap-anywhere">{state.message}</p>
      {wrong.map(({ control, label }) => (
        <button
          key={control.id}
          type="button"
          className="min-h-6 min-w-0 text-start underline underline-offset-4 wrap-anywhere"
          onClick={() => control.focus()}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
