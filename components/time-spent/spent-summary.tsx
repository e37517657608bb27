"use client";

import { useTranslations } from "next-intl";
import { BarList } from "@/components/charts/bar-list";
import { SpentChart } from "@/components/charts/spent-chart";
import { PRESENCE_LOOK } from "@/components/events/presence-state";
import type { ListUrl } from "@/components/lists/use-list-url";
import { formatDuration } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import type { TimeSpentScreen } from "@/lib/services/reports/time-spent-screen";

interface SpentSummaryProps {
  screen: Pick<TimeSpentScreen, "days" | "top"> & { zone: string };
  /** Epoch milliseconds. */
  readAt: number;
  url: ListUrl;
  isManyCompanies: boolean;
}

/** The list's hours by day, and who has most of them. */
export function SpentSummary({ screen, readAt, url, isManyCompanies }: SpentSummaryProps) {
  const { days, top, zone } = screen;
  const t = useTranslations("timeSpent");
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <TitledCard title={t("hoursPerDay")}>
        <SpentChart days={days} zone={zone} readAt={readAt} label={t("hoursPerDay")} />
      </TitledCard>
      <TitledCard title={t("most")}>
        {top.length === 0 ? (
          <p className="text-sm text-muted-foreground">{t("noneActive")}</p>
        ) : (
          <BarList
            label={t("mostLabel")}
            items={top.map((account) => ({
              id: String(account.accountId),
              label: isManyCompanies ? `${account.userName}, ${account.companyName}` : account.userName,
              value: account.activeSeconds,
              valueLabel: formatDuration(account.activeSeconds),
              colour: PRESENCE_LOOK.active.fillColour,
              ...url.link({ account: String(account.accountId), q: null }),
            }))}
          />
        )}
      </TitledCard>
    </div>
  );
}
