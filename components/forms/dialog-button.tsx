"use client";

import { type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { ActionDialog, type ActionDialogProps } from "./action-dialog";

interface DialogButtonProps<Result> extends Omit<ActionDialogProps<Result>, "isOpen" | "onOpenChange"> {
  label: ReactNode;
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
  disabled?: boolean;
}

/** A button that opens a form in a dialog. */
export function DialogButton<Result>({
  label,
  variant = "outline",
  size = "sm",
  disabled,
  ...dialog
}: DialogButtonProps<Result>) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant={variant} size={size} disabled={disabled} onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      <ActionDialog {...dialog} isOpen={isOpen} onOpenChange={setIsOpen} />
    </>
  );
}
