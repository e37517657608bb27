"use client";

import { PageFailure } from "@/components/layout/page-failure";

/** Where even the portal's frame could not be drawn. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <PageFailure error={error} reset={reset} />
    </main>
  );
}
