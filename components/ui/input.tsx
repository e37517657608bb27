import type { ComponentProps } from "react";
import { cn } from "./cn";

export const inputClass =
  "h-9 w-full min-w-0 rounded-md border border-input bg-transparent px-3 py-1 text-base transition-colors placeholder:text-muted-foreground disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive-text md:text-sm dark:bg-card file:me-3 file:border-0 file:bg-transparent file:text-sm file:font-medium";

export function Input({ className, type, ...props }: ComponentProps<"input">) {
  return <input data-slot="input" type={type ?? "text"} className={cn(inputClass, className)} {...props} />;
}
