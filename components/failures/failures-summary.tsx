"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EventsChart } from "@/components/charts/events-chart";
import type { EventsSeries } from "@/components/charts/events-series";
import { TitledCard } from "@/components/ui/card";
import type { FailuresScreen } from "@/lib/services/reports/failures-screen";
import { BurstsCard } from "./bursts-card";

interface FailuresSummaryProps {
  screen: Pick<FailuresScreen, "times" | "isChartCut" | "bursts" | "burstCount" | "successCount">;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  isManyCompanies: boolean;
  timesMenu: ReactNode;
  burstsMenu: ReactNode;
}

/** When the failures were, and where many came together. */
export function FailuresSummary({ screen, zone, readAt, isManyCompanies, ...menus }: FailuresSummaryProps) {
  const series = seriesOf(screen.times, zone, readAt);
  const t = useTranslations("failures");
  const label = t(series.unit === "hour" ? "perHour" : "perDay");
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <TitledCard
        title={screen.isChartCut ? t("lastOnes", { title: label, count: screen.times.length }) : label}
        action={menus.timesMenu}
      >
        <EventsChart series={series} label={label} height={260} />
      </TitledCard>
      <BurstsCard
        bursts={screen.bursts}
        count={screen.burstCount}
        successCount={screen.successCount}
        zone={zone}
        isManyCompanies={isManyCompanies}
        exportMenu={menus.burstsMenu}
      />
    </div>
  );
}

function seriesOf(times: FailuresScreen["times"], zone: string, readAt: number): EventsSeries {
  return {
    unit: times[0]?.unit ?? "day",
    points: times.map(({ from, failures, lockouts }) => ({
      at: from,
      counts: { logon_failed: failures, lockout: lockouts },
    })),
    endsAt: times.at(-1)?.to ?? readAt,
    readAt,
    zone,
  };
}
