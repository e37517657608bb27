"use client";

import { PageFailure } from "@/components/layout/page-failure";

/** Within the portal's frame, so that the way to the other pages stays. */
export default function PortalPageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <PageFailure error={error} reset={reset} />;
}
