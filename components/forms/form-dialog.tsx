"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Form } from "./form";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { ActionDialogProps } from "./action-dialog";
import { FormMessage } from "./form-message";
import { useFormAction } from "./use-form-action";

/** What gets the focus is never behind the buttons. */
const CLEAR_OF_BUTTONS = "[&_:is(input,select,textarea,button)]:scroll-mb-28";

/** Drawn by ActionDialog. It stays while the action runs: its answer would be lost. */
export function FormDialog<Result>(props: ActionDialogProps<Result>) {
  const busyRef = useRef(false);
  return (
    <Dialog open={props.isOpen} onOpenChange={(isOpen) => busyRef.current || props.onOpenChange(isOpen)}>
      {/* Mounted anew each time, so that nothing of the last time is left in it. */}
      {props.isOpen && (
        <DialogContent>
          <DialogBody {...props} busyRef={busyRef} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function DialogBody<Result>({
  onOpenChange,
  title,
  description,
  action,
  hidden,
  submitLabel,
  isDestructive,
  done,
  onDone,
  renderResult,
  children,
  busyRef,
}: ActionDialogProps<Result> & { busyRef: RefObject<boolean> }) {
  const t = useTranslations("forms");
  const [result, setResult] = useState<Result>();
  const { state, isPending, onSubmit, onChange } = useFormAction(action, hidden, {
    done,
    onDone: (given) => {
      onDone?.(given);
      if (renderResult && given !== undefined) setResult(given);
      else onOpenChange(false);
    },
  });
  useEffect(() => {
    // The answer is there before the page has been read again.
    busyRef.current = isPending && result === undefined;
    return () => {
      busyRef.current = false;
    };
  }, [busyRef, isPending, result]);
  return (
    <>
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription asChild className={description ? undefined : "sr-only"}>
          <div>{description ?? title}</div>
        </DialogDescription>
      </DialogHeader>
      {result !== undefined && renderResult ? (
        <>
          {renderResult(result, () => onOpenChange(false))}
          <DialogFooter>
            <Button onClick={() => onOpenChange(false)}>{t("close")}</Button>
          </DialogFooter>
        </>
      ) : (
        <Form state={state} onSubmit={onSubmit} onChange={onChange} className={CLEAR_OF_BUTTONS}>
          <FormMessage state={state} />
          {children?.(state.fieldErrors ?? {})}
          {/* In view also where the form is taller than the screen. */}
          <DialogFooter className="sticky -bottom-6 z-10 -mx-6 -mb-6 bg-popover px-6 pt-3 pb-6">
            <Button
              variant="outline"
              aria-disabled={isPending || undefined}
              onClick={() => isPending || onOpenChange(false)}
            >
              {t("cancel")}
            </Button>
            <Button type="submit" variant={isDestructive ? "destructive" : "default"} isPending={isPending}>
              {submitLabel}
            </Button>
          </DialogFooter>
        </Form>
      )}
    </>
  );
}
