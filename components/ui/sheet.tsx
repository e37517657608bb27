"use client";

import * as Primitive from "radix-ui/dialog";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { CloseButton, DialogDescription, overlayClass } from "./dialog";
import { useReturnFocus } from "./use-return-focus";

export const Sheet = Primitive.Root;

const sides = {
  right:
    "inset-y-0 end-0 h-full w-full border-s sm:max-w-md data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right",
  left: "inset-y-0 start-0 h-full w-72 max-w-[85vw] border-e data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left",
  bottom:
    "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-lg border-t data-[state=closed]:slide-out-to-bottom data-[state=open]:slide-in-from-bottom",
};

type SheetContentProps = ComponentProps<typeof Primitive.Content> & {
  side?: keyof typeof sides;
};

export function SheetContent({ className, children, side = "right", ...props }: SheetContentProps) {
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Portal>
      <Primitive.Overlay data-slot="sheet-overlay" data-print="hide" className={overlayClass} />
      <Primitive.Content
        data-slot="sheet-content"
        data-print="hide"
        className={cn(
          "fixed z-50 flex flex-col bg-popover text-popover-foreground shadow-lg data-[state=closed]:animate-out data-[state=closed]:duration-200 data-[state=open]:animate-in data-[state=open]:duration-200",
          sides[side],
          className,
        )}
        {...returnFocus}
        {...props}
      >
        {children}
        <CloseButton />
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export function SheetHeader({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="sheet-header"
      className={cn("flex flex-col gap-1 border-b p-4 pe-12", className)}
      {...props}
    />
  );
}

export function SheetBody({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="sheet-body"
      // A long body scrolls, so it takes focus for the arrow keys.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={cn("relative min-h-0 flex-1 overflow-y-auto p-4 -outline-offset-2", className)}
      {...props}
    />
  );
}

export function SheetFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="sheet-footer"
      className={cn("mt-auto flex flex-wrap gap-2 border-t p-4", className)}
      {...props}
    />
  );
}

export function SheetTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return (
    <Primitive.Title
      data-slot="sheet-title"
      className={cn("text-base font-semibold", className)}
      {...props}
    />
  );
}

export const SheetDescription = DialogDescription;
