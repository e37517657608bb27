"use client";

import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { cn } from "@/components/ui/cn";
import { useWords } from "@/components/ui/use-words";
import type { ListUrl } from "@/components/lists/use-list-url";
import { HEALTH_FILTER_TEXT, HEALTH_FILTERS, type HealthFilter } from "@/lib/domain/fleet/computer-health";
import { OUTDATED } from "@/lib/domain/reports/computer-columns";

interface HealthSummaryProps {
  url: ListUrl;
  counts: Readonly<Record<HealthFilter, number>>;
  outdatedCount: number;
}

/** How many computers are well and how many are not; each number leads to its computers. */
export function HealthSummary({ url, counts, outdatedCount }: HealthSummaryProps) {
  const t = useTranslations("computers");
  const word = useWords("computerHealth", "reportColumns");
  const entries = HEALTH_FILTERS.map((filter) => ({
    name: "health",
    value: filter as string,
    label: word({ key: HEALTH_FILTER_TEXT[filter] }),
    count: counts[filter],
    isConcern: filter !== "reporting",
  }));
  const outdated = {
    name: "version",
    value: OUTDATED,
    label: word({ key: "reportColumns.agentOutdated" }),
    count: outdatedCount,
  };
  return (
    <nav aria-label={t("healthNav")} data-print="hide">
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6">
        {[...entries, { ...outdated, isConcern: true }].map(({ name, value, label, count, isConcern }) => {
          const isChosen = url.get(name) === value;
          const changes = { [name]: isChosen ? null : value };
          return (
            <li key={value}>
              <Link
                {...url.link(changes)}
                scroll={false}
                aria-current={isChosen ? "true" : undefined}
                className={cn(
                  "flex h-full items-baseline justify-between gap-2 rounded-lg border bg-card px-3 py-2 text-sm text-muted-foreground hover:bg-muted/60",
                  isChosen && "border-ring bg-muted",
                )}
              >
                {label}
                <span
                  className={cn(
                    "tabular text-base font-semibold text-foreground",
                    isConcern && count > 0 && "text-warning-text",
                  )}
                >
                  {formatNumber(count)}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
