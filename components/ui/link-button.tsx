import type { ComponentProps } from "react";
import { Button, type ButtonProps } from "./button";
import { Link } from "./link";

type LinkButtonProps = ComponentProps<typeof Link> & Pick<ButtonProps, "variant" | "size">;

/** A link that looks like a button. */
export function LinkButton({ variant = "outline", size, className, ...link }: LinkButtonProps) {
  return (
    <Button asChild variant={variant} size={size} className={className}>
      <Link {...link} />
    </Button>
  );
}
