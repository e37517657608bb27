import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { Sparkline } from "@/components/charts/sparkline";
import { formatDate, formatDay } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import type { ComputerDetail } from "@/lib/services/fleet/read-computer";

interface HealthHistoryProps extends Pick<ComputerDetail, "days" | "versions"> {
  /** Epoch milliseconds. */
  firstSeenAt: number;
  zone: string;
}

const count = (number: number) => formatNumber(number);

/** What the events of the last 30 days tell of a computer's health: silent days, a wrong clock, trouble with sending. */
export function HealthHistory({ days: all, versions, firstSeenAt, zone }: HealthHistoryProps) {
  const t = useTranslations("computerDetail");
  // Days before there was the computer say nothing about it; the first day began before it was seen.
  const begun = all.findLastIndex(({ at }) => at <= firstSeenAt);
  const days = all.slice(Math.max(0, begun));
  const sum = (part: "events" | "skewed" | "retried") => days.reduce((total, day) => total + day[part], 0);
  const quiet = days.filter(({ events }) => events === 0).length;
  const busiest = days.reduce((most, day) => (day.events > most.events ? day : most), days[0]!);
  const events = sum("events");
  const label = t("chart", {
    days: days.length,
    count: events,
    day: formatDay(busiest.at, zone),
    most: busiest.events,
  });
  return (
    <TitledCard
      title={days.length === all.length ? t("lastDays", { days: days.length }) : t("sinceFirstSeen")}
      description={t("historyNote")}
      contentClassName="grid gap-4"
    >
      <Sparkline label={label} values={days.map((day) => day.events)} className="h-12 w-full" />
      <dl className="grid grid-cols-2 gap-3 text-sm sm:grid-cols-4">
        <Fact term={t("events")} value={count(events)} />
        <Fact term={t("quietDays")} value={t("quietOf", { quiet, days: days.length })} />
        <Fact term={t("clockAhead")} value={count(sum("skewed"))} />
        <Fact term={t("sentAgain")} value={count(sum("retried"))} />
      </dl>
      {versions.length > 0 && (
        <p className="text-sm text-muted-foreground">
          {t("versions", {
            versions: versions
              .map(({ version, firstAt, lastAt }) =>
                t("version", { version, from: formatDate(firstAt, zone), to: formatDate(lastAt, zone) }),
              )
              .join(", "),
          })}
        </p>
      )}
    </TitledCard>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    // Where a term takes two lines, the values still stand in one row.
    <div className="flex flex-col justify-between">
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="tabular font-medium">{value}</dd>
    </div>
  );
}
