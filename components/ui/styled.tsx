import type { ComponentProps, ElementType } from "react";
import { cn } from "./cn";

/** A primitive that is an element with its looks; further classes go before its own. */
export function styled<Tag extends ElementType>(tag: Tag, slot: string | undefined, looks: string) {
  const Element: ElementType = tag;
  return function Styled({ className, ...props }: ComponentProps<Tag> & { className?: string }) {
    return <Element data-slot={slot} className={cn(looks, className)} {...props} />;
  };
}
