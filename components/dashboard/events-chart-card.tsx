import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { EventsChart } from "@/components/charts/events-chart";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { CHART_RANGES, type ChartRange } from "@/lib/domain/chart-buckets";
import type { Dashboard } from "@/lib/services/dashboard/read-dashboard";

interface EventsChartCardProps {
  chart: Dashboard["chart"];
  range: ChartRange;
  readAt: number;
  zone: string;
}

const RANGE_TEXT = {
  today: "rangeToday",
  "24h": "range24h",
  "7d": "range7d",
  "30d": "range30d",
} as const satisfies Record<ChartRange, string>;

/** Events by kind: today's hours or the last 24, or the last 7 or 30 days. */
export function EventsChartCard({ chart, range, readAt, zone }: EventsChartCardProps) {
  const t = useTranslations("dashboard");
  const label = chart.unit === "hour" ? t("chartByHour") : t("chartByDay");
  return (
    <Card>
      <CardHeader className="max-sm:has-data-[slot=card-action]:grid-cols-1">
        <CardTitle>{label}</CardTitle>
        <CardAction className="max-sm:col-start-1 max-sm:row-start-2 max-sm:justify-self-start">
          <nav aria-label={t("chartRange")} className="flex rounded-md border p-0.5">
            {CHART_RANGES.map((candidate) => (
              <Link
                key={candidate}
                href={candidate === "today" ? "?" : `?range=${candidate}`}
                scroll={false}
                aria-current={candidate === range ? "true" : undefined}
                className={cn(
                  "rounded px-2 py-1 text-xs sm:px-2.5 text-muted-foreground hover:text-foreground",
                  candidate === range && "bg-muted font-medium text-foreground",
                )}
              >
                {t(RANGE_TEXT[candidate])}
              </Link>
            ))}
          </nav>
        </CardAction>
      </CardHeader>
      <CardContent>
        <EventsChart series={{ ...chart, readAt, zone }} label={label} />
      </CardContent>
    </Card>
  );
}
