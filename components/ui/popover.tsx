"use client";

import * as Primitive from "radix-ui/popover";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { popupClass } from "./menu-classes";

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;
export const PopoverClose = Primitive.Close;

/** A small dialog: give it `aria-label`, or it has no name. */
export function PopoverContent({
  className,
  align = "start",
  sideOffset = 4,
  ...props
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        data-slot="popover-content"
        data-print="hide"
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          popupClass,
          "max-h-(--radix-popover-content-available-height) w-72 max-w-[calc(100vw-1rem)] p-3 outline-hidden",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}
