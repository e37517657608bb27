"use client";

import { useTranslations } from "next-intl";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";

interface RefusedCardProps {
  title: string;
  description: string;
  /** Trying again makes sense as it is; else only with a shorter range. */
  isBusy: boolean;
}

export function RefusedCard({ title, description, isBusy }: RefusedCardProps) {
  const t = useTranslations("ui");
  const router = useRouter();
  const pathname = usePathname();
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
            <Button asChild variant="ghost">
              <Link href={`${pathname}?range=7d`}>{t("lastWeek")}</Link>
            </Button>
          )
        }
      />
    </Card>
  );
}
