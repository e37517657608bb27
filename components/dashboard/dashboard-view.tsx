import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import type { ChartRange } from "@/lib/domain/chart-buckets";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { EventsChartCard, type ChartPoint } from "./events-chart-card";
import { LiveFeed } from "./live-feed";
import { PresentList, type PresentPerson } from "./present-list";
import { SilentSites, type SilentSite } from "./silent-sites";
import { StatTiles } from "./stat-tiles";

export interface DashboardData {
  /** Epoch milliseconds. */
  readAt: number;
  hasEvents: boolean;
  eventsToday: number;
  failuresToday: number;
  activeAccounts: number;
  activeComputers: number;
  signedInCount: number;
  activeNowCount: number;
  present: readonly PresentPerson[];
  silentSites: readonly SilentSite[];
  siteCount: number;
  chart: { unit: "hour" | "day"; points: readonly ChartPoint[]; endsAt: number };
  feed: readonly LiveEvent[];
}

interface DashboardViewProps {
  dashboard: DashboardData;
  range: ChartRange;
  companyRef: string;
  title: string;
  /** Given when several companies are in view. */
  companyNames?: Readonly<Record<number, string>>;
  zone: string;
}

export function DashboardView({
  dashboard,
  range,
  companyRef,
  title,
  companyNames,
  zone,
}: DashboardViewProps) {
  return (
    <>
      <PageHeader title={title} description={<ZoneLabel zone={zone} at={dashboard.readAt} />} />
      <StatTiles
        {...dashboard}
        companyRef={companyRef}
        sitesHref="#silent-sites"
        silentSiteCount={dashboard.silentSites.length}
      />
      <EventsChartCard chart={dashboard.chart} range={range} zone={zone} readAt={dashboard.readAt} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-4">
          <PresentList
            people={dashboard.present}
            totalCount={dashboard.signedInCount}
            companyNames={companyNames}
            zone={zone}
          />
          <SilentSites
            sites={dashboard.silentSites}
            isManyCompanies={companyNames !== undefined}
            zone={zone}
          />
        </div>
        <LiveFeed
          readAt={dashboard.readAt}
          companyRef={companyRef}
          initialRows={dashboard.feed}
          companyNames={companyNames}
          zone={zone}
        />
      </div>
    </>
  );
}
