"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatNumber } from "@/components/ui/format-number";
import type { Compared } from "@/lib/domain/reports/company-columns";
import { Count, Hours, type ComingHours } from "./figure";
import type { OverviewRow } from "./overview-columns";

interface OverviewTotalsProps {
  rows: readonly OverviewRow[];
  hours: ComingHours;
}

/** All companies of the list together; of a single one its figures at a glance. */
export function OverviewTotals({ rows, hours }: OverviewTotalsProps) {
  const t = useTranslations("overview");
  const column = useTranslations("reportColumns");
  const sum = (part: "activeAccounts" | "events" | "failures"): Compared => ({
    current: rows.reduce((total, row) => total + row[part].current, 0),
    previous: rows.reduce((total, row) => total + row[part].previous, 0),
  });
  const sites = rows.reduce((total, row) => total + row.sites, 0);
  const silent = rows.reduce((total, row) => total + row.silentSites, 0);
  return (
    <dl
      aria-label={rows.length === 1 ? t("atAGlance") : t("together")}
      className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5"
    >
      <Tile term={column("activeAccounts")}>
        <Count value={sum("activeAccounts")} />
      </Tile>
      <Tile term={column("timeSpent")}>
        <Hours hours={hours} />
      </Tile>
      <Tile term={column("events")}>
        <Count value={sum("events")} />
      </Tile>
      <Tile term={column("failures")}>
        <Count value={sum("failures")} isWorseWhenMore />
      </Tile>
      <Tile term={column("silentSites")}>
        <span className="tabular">{formatNumber(silent)}</span>
        <span className="text-xs text-muted-foreground">{t("ofSites", { total: sites })}</span>
      </Tile>
    </dl>
  );
}

function Tile({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-lg border bg-card p-4">
      <dt className="text-sm text-muted-foreground">{term}</dt>
      <dd className="flex flex-col items-start text-lg leading-tight font-semibold [&>span]:items-start max-md:[&>span]:flex-col max-md:[&>span]:gap-0 max-sm:[&_.tabular]:whitespace-normal">
        {children}
      </dd>
    </div>
  );
}
