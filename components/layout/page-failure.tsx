"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { ErrorState } from "@/components/ui/error-state";

/** Instead of a page that could not be drawn; the digest is the id under which the server logged the whole error. */
export function PageFailure({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("ui");
  const router = useRouter();
  return (
    <div>
      <h1 className="sr-only">{t("pageFailed")}</h1>
      <ErrorState
        title={t("pageFailed")}
        description={t("pageFailedNote")}
        requestId={error.digest}
        onRetry={() =>
          startTransition(() => {
            router.refresh();
            reset();
          })
        }
        actions={
          <LinkButton href="/" variant="ghost">
            {t("startPage")}
          </LinkButton>
        }
      />
    </div>
  );
}
