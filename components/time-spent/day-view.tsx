import { CalendarX, ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Timeline } from "@/components/charts/timeline";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { formatLocalDay } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { Card, CardContent, TitledCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { addLocalDays, localDateOf } from "@/lib/domain/zones";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";
import { DayEvents } from "./day-events";
import { DaySums } from "./day-sums";
import { dayBars, MOST_COMPUTERS } from "./day-bars";
import { StretchTable } from "./stretch-table";

interface DayViewProps {
  day: TimeSpentDay;
  /** When it was read, epoch milliseconds. */
  readAt: number;
  companyRef: string;
  /** The list's filters, as in its address; they decide how the day is counted. */
  search: string;
}

/** One day of an account: the bars, what each stretch is made of, and the events behind them. */
export function DayView({ day, readAt, companyRef, search }: DayViewProps) {
  const { date, zone, userName, row, stretches, computers, leftOut } = day;
  const t = useTranslations("timeSpentDay");
  const query = search === "" ? "" : `?${search}`;
  const title = t("userDay", { user: userName, date: formatLocalDay(date) });
  const hrefOf = (other: string) => `/${companyRef}/time-spent/${day.accountId}/${other}${query}`;
  return (
    <>
      <PageCrumbs crumbs={[{ label: title }]} />
      <PageHeader
        title={title}
        description={<ZoneLabel zone={zone} at={day.from} />}
        actions={
          <>
            <Button asChild variant="ghost">
              <Link href={`/${companyRef}/accounts/${day.accountId}`}>{t("openAccount")}</Link>
            </Button>
            <Button asChild variant="ghost">
              <Link href={listHref(day, companyRef, search)}>{t("allDays")}</Link>
            </Button>
            <Step href={hrefOf(addLocalDays(date, -1))} label={t("previousDay")} />
            {date < localDateOf(readAt, zone) && (
              <Step href={hrefOf(addLocalDays(date, 1))} label={t("nextDay")} isForward />
            )}
          </>
        }
      />
      {row === null && day.events.length === 0 ? (
        <Card>
          <CardContent>
            <EmptyState title={t("none", { user: userName })} description={t("noneNote")}>
              <CalendarX aria-hidden className="size-6 text-muted-foreground" />
            </EmptyState>
          </CardContent>
        </Card>
      ) : (
        <>
          <TitledCard
            title={t("spent")}
            description={
              <>
                {t("spentNote")}
                {leftOut > 0 && ` ${t("leftOut", { count: leftOut })}`}
              </>
            }
            contentClassName="grid min-w-0 gap-4"
          >
            <Timeline
              label={t("timeline", { user: userName })}
              rows={dayBars(t, day)}
              from={day.from}
              to={day.to}
              zone={zone}
              now={readAt}
            />
            <DaySums day={day} />
            {computers.length > MOST_COMPUTERS && (
              <p className="text-sm text-muted-foreground">
                {t("moreComputers", { shown: MOST_COMPUTERS, count: computers.length })}
              </p>
            )}
          </TitledCard>
          {stretches.length > 0 && <StretchTable day={day} companyRef={companyRef} />}
          <DayEvents day={day} companyRef={companyRef} />
        </>
      )}
    </>
  );
}

function listHref({ accountId }: TimeSpentDay, companyRef: string, search: string): string {
  const params = new URLSearchParams(search);
  params.set("account", String(accountId));
  return `/${companyRef}/time-spent?${params}`;
}

function Step({ href, label, isForward }: { href: string; label: string; isForward?: boolean }) {
  return (
    <Button asChild variant="outline">
      <Link href={href}>
        {!isForward && <ChevronLeft aria-hidden />}
        {label}
        {isForward && <ChevronRight aria-hidden />}
      </Link>
    </Button>
  );
}
