"use client";

import { Link } from "@/components/ui/link";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

/** Instead of a page that could not be drawn; the digest is the id under which the server logged the whole error. */
export function PageFailure({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter();
  return (
    <div>
      <h1 className="sr-only">This page could not be shown</h1>
      <ErrorState
        title="This page could not be shown"
        description="The server could not answer. Try again; if it keeps happening, give your administrator the request id."
        requestId={error.digest}
        onRetry={() =>
          startTransition(() => {
            router.refresh();
            reset();
          })
        }
        actions={
          <Button asChild variant="ghost">
            <Link href="/">Go to the start page</Link>
          </Button>
        }
      />
    </div>
  );
}
