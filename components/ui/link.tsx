import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link within the portal. Next would prefetch every link in view, and again after each refresh of a live page, so
 * a link is prefetched only where `prefetch` says so. `onStep` goes there in its place within this page; the address is
 * for other tabs and windows.
 */
export function Link({ onStep, ...props }: ComponentProps<typeof NextLink> & { onStep?: () => void }) {
  const own = onStep && {
    onNavigate(event: { preventDefault: () => void }) {
      event.preventDefault();
      onStep();
    },
  };
  return <NextLink prefetch={false} {...props} {...own} />;
}
