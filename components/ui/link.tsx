import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link within the portal. Next would prefetch every link in view, and again after each refresh of a live page, so
 * a link is prefetched only where `prefetch` says so.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
