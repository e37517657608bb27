import type { ComponentProps } from "react";
import { cn } from "./cn";
import { inputClass } from "./input";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      data-slot="textarea"
      className={cn(inputClass, "field-sizing-content min-h-20 py-2", className)}
      {...props}
    />
  );
}
