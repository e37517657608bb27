import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import type { ChartRange } from "@/lib/domain/chart-buckets";
import type { Dashboard } from "@/lib/services/dashboard/read-dashboard";
import { EventsChartCard } from "./events-chart-card";
import { LiveFeed } from "./live-feed";
import { PresentList } from "./present-list";
import { SilentSites } from "./silent-sites";
import { StatTiles } from "./stat-tiles";

interface DashboardViewProps {
  dashboard: Dashboard;
  range: ChartRange;
  companyRef: string;
  title: string;
  /** Given when several companies are in view. */
  companyNames?: Readonly<Record<number, string>>;
  zone: string;
  /** Stands first while the portal or company is new. */
  firstSteps?: ReactNode;
}

export function DashboardView({
  dashboard,
  range,
  companyRef,
  title,
  companyNames,
  zone,
  firstSteps,
}: DashboardViewProps) {
  return (
    <>
      <PageHeader title={title} description={<ZoneLabel zone={zone} at={dashboard.readAt} />} />
      {firstSteps}
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
