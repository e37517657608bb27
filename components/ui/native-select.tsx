import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The browser's own select: the right one in forms and on phones. */
export function NativeSelect({
  className,
  selectClassName,
  ...props
}: ComponentProps<"select"> & { selectClassName?: string }) {
  return (
    <div className={cn("relative w-fit", className)}>
      <select
        data-slot="native-select"
        className={cn(
          "h-9 w-full appearance-none rounded-md border border-input bg-background py-1 pe-8 ps-3 text-base disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive-text md:text-sm dark:bg-card",
          selectClassName,
        )}
        {...props}
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 end-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
    </div>
  );
}
