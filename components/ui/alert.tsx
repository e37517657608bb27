import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { styled } from "./styled";

const alertVariants = cva(
  "relative grid w-full grid-cols-[0_1fr] items-start gap-y-0.5 rounded-lg border px-4 py-3 text-sm has-[>svg]:grid-cols-[1rem_1fr] has-[>svg]:gap-x-3 [&>svg]:size-4 [&>svg]:translate-y-0.5",
  {
    variants: {
      variant: {
        default: "bg-card text-card-foreground",
        success: "bg-card text-success-text",
        warning: "bg-card text-warning-text",
        destructive: "border-destructive-text/50 bg-card text-destructive-text",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

/** Read out at once only when `role="alert"` is given: use that for what just happened, not for standing notes. */
export function Alert({
  className,
  variant,
  ...props
}: ComponentProps<"div"> & VariantProps<typeof alertVariants>) {
  return <div data-slot="alert" className={cn(alertVariants({ variant }), className)} {...props} />;
}

export const AlertTitle = styled("p", "alert-title", "col-start-2 min-h-4 font-medium");

export const AlertDescription = styled(
  "div",
  "alert-description",
  "col-start-2 space-y-1 text-sm text-muted-foreground",
);
