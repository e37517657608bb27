"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Form } from "./form";
import { Alert, AlertDescription } from "@/components/ui/alert";
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
import { toast } from "@/components/ui/toast";
import { FormMessage } from "./form-message";
import { Silence } from "./silence";
import { useFormAction } from "./use-form-action";

/** What gets the focus is never behind the buttons. */
const CLEAR_OF_BUTTONS = "[&_:is(input,select,textarea,button)]:scroll-mb-28";

/**
 * Drawn by ActionDialog. It stays while the action runs, as its answer would be lost, but for a server that is silent:
 * closed then, what was asked goes on, and a toast tells what became of it.
 */
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

/** Whether the dialog was closed, and whether who opened it is still on its page. */
function useWhereabouts() {
  const isGone = useRef(false);
  const [page] = useState(() => window.location.pathname);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  return { isGone, isHere: () => !isGone.current || window.location.pathname === page };
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
  const [isSilent, setIsSilent] = useState(false);
  const [silence] = useState(() => new Silence(setIsSilent));
  const { isGone, isHere } = useWhereabouts();
  const { state, isPending, onSubmit, onChange } = useFormAction(silence.watch(action), hidden, {
    done,
    onDone: (given) => {
      const wasGone = isGone.current;
      const isShown = renderResult !== undefined && given !== undefined;
      // Before what comes of it: closing may change the address, and would end the way to another page.
      if (!wasGone && !isShown) onOpenChange(false);
      onDone?.(given, isHere());
      // The dialog may be open again, for something else.
      if (wasGone && !done) toast.success(title, { description: t("doneUnseen", { action: submitLabel }) });
      if (!wasGone && isShown) setResult(given);
    },
    onRefused: ({ message }) => {
      if (isGone.current) toast.error(title, { description: message ?? t("failed") });
    },
    // "Confirm it's you" would come over whatever the person does by then.
    mayAsk: () => !isGone.current,
  });
  // The answer is there before the page has been read again.
  const isWaiting = isPending && result === undefined && !isSilent;
  useEffect(() => {
    busyRef.current = isWaiting;
    return () => {
      busyRef.current = false;
    };
  }, [busyRef, isWaiting]);
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
          {isSilent && (
            <Alert role="alert">
              <AlertDescription>{t(renderResult ? "silentResult" : "silent")}</AlertDescription>
            </Alert>
          )}
          {/* In view also where the form is taller than the screen. */}
          <DialogFooter className="sticky -bottom-6 z-10 -mx-6 -mb-6 bg-popover px-6 pt-3 pb-6">
            <Button
              variant="outline"
              aria-disabled={isWaiting || undefined}
              onClick={() => isWaiting || onOpenChange(false)}
            >
              {t(isSilent ? "close" : "cancel")}
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
