import { CalendarX, ChevronLeft, ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Timeline } from "@/components/charts/timeline";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { formatLocalDay } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { addLocalDays, localDateOf } from "@/lib/domain/zones";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";
import { DayEvents } from "./day-events";
import { DaySums } from "./day-sums";
import { dayBars } from "./day-bars";
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
  const { date, zone, userName, row, stretches, leftOut } = day;
  const query = search === "" ? "" : `?${search}`;
  const hrefOf = (other: string) => `/${companyRef}/time-spent/${day.accountId}/${other}${query}`;
  return (
    <>
      <PageCrumbs crumbs={[{ label: `${userName}, ${date}` }]} />
      <PageHeader
        title={`${userName}, ${formatLocalDay(date)}`}
        description={<ZoneLabel zone={zone} at={day.from} />}
        actions={
          <>
            <Button asChild variant="ghost">
              <Link href={listHref(day, companyRef, search)}>All days</Link>
            </Button>
            <Step href={hrefOf(addLocalDays(date, -1))} label="Previous day" />
            {date < localDateOf(readAt, zone) && (
              <Step href={hrefOf(addLocalDays(date, 1))} label="Next day" isForward />
            )}
          </>
        }
      />
      {row === null && day.events.length === 0 ? (
        <Card>
          <CardContent>
            <EmptyState
              title={`Nothing was seen of ${userName} on this day`}
              description="No event of this day, and no session that reaches into it. Look at the day before or after, or at all days."
            >
              <CalendarX aria-hidden className="size-6 text-muted-foreground" />
            </EmptyState>
          </CardContent>
        </Card>
      ) : (
        <>
          <Card>
            <CardHeader>
              <CardTitle>Where the time went</CardTitle>
              <CardDescription>
                The first line is the row of the list: time on several computers at once counts once.
                {leftOut > 0 && ` ${leftOutWords(leftOut)}`}
              </CardDescription>
            </CardHeader>
            <CardContent className="grid min-w-0 gap-4">
              <Timeline
                label={`The day of ${userName}`}
                rows={dayBars(day)}
                from={day.from}
                to={day.to}
                zone={zone}
                now={readAt}
              />
              <DaySums day={day} />
            </CardContent>
          </Card>
          {stretches.length > 0 && <StretchTable day={day} />}
          <DayEvents day={day} companyRef={companyRef} />
        </>
      )}
    </>
  );
}

function leftOutWords(count: number): string {
  return count === 1
    ? "One session over midnight is left out, as asked for."
    : `${count} sessions over midnight are left out, as asked for.`;
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
