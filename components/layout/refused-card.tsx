"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { useListUrl } from "@/components/lists/use-list-url";

interface RefusedCardProps {
  title: string;
  description: string;
  /** Trying again makes sense as it is; else only with a shorter range. */
  isBusy: boolean;
}

export function RefusedCard({ title, description, isBusy }: RefusedCardProps) {
  const t = useTranslations("ui");
  const router = useRouter();
  const url = useListUrl();
  const [isRetrying, startRetry] = useTransition();
  return (
    <Card>
      <ErrorState
        title={title}
        description={description}
        onRetry={() => startRetry(() => router.refresh())}
        isRetrying={isRetrying}
        actions={
          !isBusy && (
            <LinkButton {...url.link({ range: "7d", from: null, to: null })} variant="ghost">
              {t("lastWeek")}
            </LinkButton>
          )
        }
      />
    </Card>
  );
}
