"use client";

import * as Primitive from "radix-ui/alert-dialog";
import type { ReactNode } from "react";
import { buttonVariants } from "./button";
import { DialogFooter, dialogClass, overlayClass } from "./dialog";
import { useReturnFocus } from "./use-return-focus";

interface AlertDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** On the buttons: what leaves everything as it is, and what goes on. */
  cancel: string;
  confirm: string;
  onConfirm: () => void;
  /** What is lost. */
  children: ReactNode;
}

/** Only for what cannot be undone; it says in numbers what will be lost. */
export function AlertDialog({ isOpen, onClose, title, children, ...buttons }: AlertDialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Root open={isOpen} onOpenChange={(isNowOpen) => !isNowOpen && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay data-slot="alert-dialog-overlay" data-print="hide" className={overlayClass} />
        <Primitive.Content
          data-slot="alert-dialog-content"
          data-print="hide"
          className={dialogClass}
          {...returnFocus}
        >
          <div data-slot="alert-dialog-header" className="flex flex-col gap-2 text-start">
            <Primitive.Title className="text-lg leading-6 font-semibold">{title}</Primitive.Title>
            <Primitive.Description asChild className="text-sm text-muted-foreground">
              <div>{children}</div>
            </Primitive.Description>
          </div>
          <DialogFooter>
            <Primitive.Cancel className={buttonVariants({ variant: "outline" })}>
              {buttons.cancel}
            </Primitive.Cancel>
            <Primitive.Action
              className={buttonVariants({ variant: "destructive" })}
              onClick={buttons.onConfirm}
            >
              {buttons.confirm}
            </Primitive.Action>
          </DialogFooter>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
