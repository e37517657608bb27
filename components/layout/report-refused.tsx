"use client";

import { useTranslations } from "next-intl";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "./page-header";

interface ReportRefusedProps {
  /** The page's. */
  heading: string;
  title: string;
  description: string;
  /** Trying again makes sense as it is. */
  isBusy: boolean;
}

/** Instead of a report that found no place or is too much at once. */
export function ReportRefused({ heading, title, description, isBusy }: ReportRefusedProps) {
  const t = useTranslations("ui");
  const router = useRouter();
  const pathname = usePathname();
  const [isRetrying, startRetry] = useTransition();
  return (
    <>
      <PageHeader title={heading} />
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
    </>
  );
}
