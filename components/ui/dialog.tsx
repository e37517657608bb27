"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import { useTranslations } from "next-intl";
import { type ComponentProps, useRef } from "react";
import { cn } from "./cn";
import { useReturnFocus } from "./use-return-focus";
import { styled } from "./styled";

export const Dialog = Primitive.Root;

export const overlayClass =
  "fixed inset-0 z-50 bg-black/60 data-[state=open]:animate-in data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0";

export const dialogClass =
  "fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-full max-w-[calc(100%-2rem)] -translate-x-1/2 -translate-y-1/2 gap-4 overflow-y-auto rounded-lg border bg-popover p-6 text-popover-foreground shadow-lg duration-150 data-[state=open]:animate-in data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=closed]:zoom-out-95 data-[state=open]:zoom-in-95 sm:max-w-lg";

export function DialogContent({
  className,
  children,
  hasClose = true,
  ...props
}: ComponentProps<typeof Primitive.Content> & { hasClose?: boolean }) {
  const returnFocus = useReturnFocus();
  const content = useRef<HTMLDivElement>(null);
  // A key or password that can't be shown again isn't lost by a slip: the dialog's buttons close it.
  const keepShownOnce = (event: Event) => {
    if (content.current?.querySelector("[data-shown-once]")) event.preventDefault();
  };
  return (
    <Primitive.Portal>
      <Primitive.Overlay data-slot="dialog-overlay" data-print="hide" className={overlayClass} />
      <Primitive.Content
        ref={content}
        data-slot="dialog-content"
        data-print="hide"
        // Radix learns only at its next drawing that a dialog above has opened: Escape must not lose what is typed here.
        onEscapeKeyDown={(event) => {
          if (content.current?.closest("[aria-hidden=true]")) event.preventDefault();
          keepShownOnce(event);
        }}
        onInteractOutside={keepShownOnce}
        className={cn(dialogClass, className)}
        {...returnFocus}
        {...props}
      >
        {children}
        {hasClose && <CloseButton />}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** The cross in the corner of a dialog or a sheet. */
export function CloseButton() {
  const t = useTranslations("ui");
  return (
    <Primitive.Close
      aria-label={t("close")}
      className="absolute top-3 end-3 grid size-7 place-items-center rounded-sm text-muted-foreground hover:bg-accent hover:text-foreground"
    >
      <X aria-hidden className="size-4" />
    </Primitive.Close>
  );
}

export const DialogHeader = styled("div", "dialog-header", "flex flex-col gap-2 pe-8 text-start");

export const DialogFooter = styled(
  "div",
  "dialog-footer",
  "flex flex-col-reverse gap-2 sm:flex-row sm:justify-end",
);

export const DialogTitle = styled(Primitive.Title, "dialog-title", "text-lg leading-6 font-semibold");

export const DialogDescription = styled(
  Primitive.Description,
  "dialog-description",
  "text-sm text-muted-foreground",
);
