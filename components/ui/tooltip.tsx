"use client";

import * as Primitive from "radix-ui/tooltip";
import type { ReactNode } from "react";

interface HintProps {
  text: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}

/** A tooltip. The child must take a ref and focus: a button or a link. */
export function Hint({ text, side, children }: HintProps) {
  return (
    <Primitive.Provider delayDuration={300}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            data-slot="tooltip-content"
            data-print="hide"
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-80 animate-in rounded-md border bg-popover px-2.5 py-1.5 text-xs text-balance text-popover-foreground shadow-md fade-in-0 zoom-in-95"
          >
            {text}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
