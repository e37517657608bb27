"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { NewcomerList } from "@/components/fleet/newcomer-list";
import { LiveSign } from "@/components/live/live-sign";
import { useLivePage } from "@/components/live/use-live-page";
import { useRefreshWhile } from "@/components/live/use-refresh-while";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Newcomer } from "@/lib/services/fleet/read-newcomers";

const FIRST_PAUSE_MILLISECONDS = 1_500;
const LATER_PAUSE_MILLISECONDS = 10_000;

interface NewcomersCardProps {
  companyId: number;
  readAt: number;
  newcomers: readonly Newcomer[];
  zone: string;
}

/** Waits with the person who installs the agent, and says which computer arrived. */
export function NewcomersCard({ companyId, readAt, newcomers, zone }: NewcomersCardProps) {
  const t = useTranslations("agentPackage");
  const isWaiting = newcomers.length === 0;
  const state = useLivePage({
    companyRef: String(companyId),
    isOn: true,
    readAt,
    pauseMilliseconds: isWaiting ? FIRST_PAUSE_MILLISECONDS : LATER_PAUSE_MILLISECONDS,
  });
  // A health check alone is announced by no stream.
  useRefreshWhile(isWaiting, LATER_PAUSE_MILLISECONDS);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{isWaiting ? t("waiting") : t("newest")}</CardTitle>
        <CardAction>
          <LiveSign state={state} />
        </CardAction>
      </CardHeader>
      <CardContent>
        {/* Said when one arrives: the list's times change every minute. */}
        <output className="sr-only">{newcomers[0] && t("reported", { name: newcomers[0].name })}</output>
        {isWaiting ? (
          <p className="flex items-start gap-2 text-sm text-muted-foreground">
            <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin" />
            {t("waitingNote")}
          </p>
        ) : (
          <NewcomerList label={t("newest")} computers={newcomers} zone={zone} />
        )}
      </CardContent>
    </Card>
  );
}
