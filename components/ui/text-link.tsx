import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Link } from "./link";

/** A link in words, of the colour that links have. */
export function TextLink({ className, ...link }: ComponentProps<typeof Link>) {
  return <Link className={cn("text-link hover:underline", className)} {...link} />;
}
