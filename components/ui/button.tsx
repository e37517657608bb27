import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import * as Slot from "radix-ui/slot";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The narrowest phone has no room for long words in one line, such as German ones. */
const WRAPPED =
  "max-[359px]:h-auto max-[359px]:min-h-8 max-[359px]:max-w-full max-[359px]:shrink max-[359px]:py-1 max-[359px]:whitespace-normal";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md text-sm font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
  {
    variants: {
      variant: {
        default: "forced-colors:border bg-primary text-primary-foreground hover:bg-primary/90",
        destructive:
          "forced-colors:border bg-destructive text-destructive-foreground hover:bg-destructive/90",
        outline: "border bg-background hover:bg-accent hover:text-accent-foreground dark:bg-card",
        secondary: "forced-colors:border bg-secondary text-secondary-foreground hover:bg-secondary/80",
        ghost: "hover:bg-accent hover:text-accent-foreground",
        link: "text-link underline-offset-4 hover:underline",
      },
      size: {
        default: `h-9 px-4 py-2 has-[>svg]:px-3 ${WRAPPED}`,
        sm: `h-8 gap-1.5 px-3 has-[>svg]:px-2.5 ${WRAPPED}`,
        lg: `h-10 px-6 has-[>svg]:px-4 ${WRAPPED}`,
        icon: "size-9",
        "icon-sm": "size-8",
        "icon-xs": "size-6",
      },
    },
    defaultVariants: { variant: "default", size: "default" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Style the only child (a link, say) instead of rendering a button. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks, as `aria-disabled` does; the button keeps its name and its focus. */
  isPending?: boolean;
}

export function Button({
  className,
  variant,
  size,
  asChild,
  isPending,
  type,
  children,
  ...props
}: ButtonProps) {
  const isRefused = isPending || props["aria-disabled"] === true;
  const classes = cn(buttonVariants({ variant, size, className }));
  if (asChild) {
    return (
      <Slot.Root data-slot="button" className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      data-slot="button"
      // eslint-disable-next-line react/button-has-type -- the default below is the safe one
      type={type ?? "button"}
      className={classes}
      {...props}
      aria-disabled={isPending || props["aria-disabled"]}
      aria-busy={isPending || undefined}
      onClick={isRefused ? (event) => event.preventDefault() : props.onClick}
    >
      {isPending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
