"use client";

import * as Primitive from "radix-ui/alert-dialog";
import type { ComponentProps } from "react";
import { buttonVariants } from "./button";
import { cn } from "./cn";
import { DialogFooter, dialogClass, overlayClass } from "./dialog";
import { useReturnFocus } from "./use-return-focus";
import { styled } from "./styled";

/** Only for what cannot be undone; the description names in numbers what will be lost. */
export const AlertDialog = Primitive.Root;

export function AlertDialogContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Portal>
      <Primitive.Overlay data-slot="alert-dialog-overlay" className={overlayClass} />
      <Primitive.Content
        data-slot="alert-dialog-content"
        className={cn(dialogClass, className)}
        {...returnFocus}
        {...props}
      />
    </Primitive.Portal>
  );
}

export const AlertDialogHeader = styled("div", "alert-dialog-header", "flex flex-col gap-2 text-start");

export const AlertDialogFooter = DialogFooter;

export const AlertDialogTitle = styled(Primitive.Title, undefined, "text-lg leading-6 font-semibold");

export const AlertDialogDescription = styled(
  Primitive.Description,
  undefined,
  "text-sm text-muted-foreground",
);

export function AlertDialogAction({ className, ...props }: ComponentProps<typeof Primitive.Action>) {
  return (
    <Primitive.Action className={cn(buttonVariants({ variant: "destructive" }), className)} {...props} />
  );
}

export function AlertDialogCancel({ className, ...props }: ComponentProps<typeof Primitive.Cancel>) {
  return <Primitive.Cancel className={cn(buttonVariants({ variant: "outline" }), className)} {...props} />;
}
