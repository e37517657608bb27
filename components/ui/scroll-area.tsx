"use client";

import * as Primitive from "radix-ui/scroll-area";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Give `label` when the content holds nothing focusable, or keyboards cannot scroll it knowingly. */
export function ScrollArea({
  className,
  children,
  label,
  ...props
}: ComponentProps<typeof Primitive.Root> & { label?: string }) {
  return (
    <Primitive.Root data-slot="scroll-area" className={cn("relative", className)} {...props}>
      <Primitive.Viewport
        tabIndex={0}
        role={label ? "region" : undefined}
        aria-label={label}
        className="size-full rounded-[inherit] -outline-offset-2"
      >
        {children}
      </Primitive.Viewport>
      <ScrollBar />
      <Primitive.Corner />
    </Primitive.Root>
  );
}

function ScrollBar({
  className,
  orientation = "vertical",
  ...props
}: ComponentProps<typeof Primitive.ScrollAreaScrollbar>) {
  return (
    <Primitive.ScrollAreaScrollbar
      orientation={orientation}
      className={cn(
        "flex touch-none p-px transition-colors select-none",
        orientation === "vertical"
          ? "h-full w-2.5 border-l border-l-transparent"
          : "h-2.5 flex-col border-t border-t-transparent",
        className,
      )}
      {...props}
    >
      <Primitive.ScrollAreaThumb className="relative flex-1 rounded-full bg-border" />
    </Primitive.ScrollAreaScrollbar>
  );
}
