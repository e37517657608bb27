"use client";

import * as Primitive from "radix-ui/progress";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** `value` from 0 to `max` (100), or null while the length of the work is unknown. */
export function Progress({
  className,
  label,
  value,
  max = 100,
  ...props
}: ComponentProps<typeof Primitive.Root> & { label: string }) {
  const share = value == null ? 40 : Math.min(100, (100 * value) / max);
  return (
    <Primitive.Root
      data-slot="progress"
      aria-label={label}
      value={value}
      max={max}
      className={cn("relative h-2 w-full overflow-hidden rounded-full bg-secondary", className)}
      {...props}
    >
      <Primitive.Indicator
        className={cn("h-full rounded-full bg-primary transition-[width]", value == null && "animate-pulse")}
        style={{ width: `${share}%` }}
      />
    </Primitive.Root>
  );
}
