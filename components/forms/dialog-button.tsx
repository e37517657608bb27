"use client";

import { useSearchParams } from "next/navigation";
import type { LucideIcon } from "lucide-react";
import { useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { ActionDialog, dialogWords, loadDialog, type LabelledDialogProps } from "./action-dialog";
import { useKeptPlace } from "./use-kept-place";

type DialogButtonProps<Result> = LabelledDialogProps<Result> & {
  /** The button's name where the label alone is that of others, too; it begins with the label. */
  name?: string;
  /** Before the label. */
  icon?: LucideIcon;
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
  disabled?: boolean;
  /** The word of `do=` in the address that opens it, as the palette's actions do. */
  opensBy?: string;
};

/** A button that opens a form in a dialog. */
export function DialogButton<Result>(props: DialogButtonProps<Result>) {
  const { label, name, icon: Icon, variant = "outline", size = "sm", disabled, opensBy, ...dialog } = props;
  const ref = useKeptPlace();
  const asked = useSearchParams().get("do");
  const isAsked = opensBy !== undefined && asked === opensBy;
  const [isOpen, setIsOpen] = useState(isAsked);
  const [wasAsked, setWasAsked] = useState(isAsked);
  if (wasAsked !== isAsked) {
    setWasAsked(isAsked);
    if (isAsked) setIsOpen(true);
  }
  const change = (isNowOpen: boolean) => {
    setIsOpen(isNowOpen);
    // The address asks only once.
    if (!isNowOpen && isAsked) window.history.replaceState(null, "", window.location.pathname);
  };
  return (
    <>
      <Button
        ref={ref}
        variant={variant}
        size={size}
        disabled={disabled}
        aria-label={name}
        aria-haspopup="dialog"
        onPointerEnter={() => void loadDialog().catch(() => undefined)}
        onClick={() => change(true)}
      >
        {Icon && <Icon aria-hidden />}
        {label}
      </Button>
      <ActionDialog {...dialog} {...dialogWords(props)} isOpen={isOpen} onOpenChange={change} />
    </>
  );
}
