import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import type { ChartRange } from "@/lib/domain/chart-buckets";
import type { Dashboard } from "@/lib/services/dashboard/read-dashboard";
import { AttentionCard, type AttentionCardProps } from "./attention-card";
import { EventsChartCard } from "./events-chart-card";
import { LiveFeed } from "./live-feed";
import { PresentList } from "./present-list";
import { StatTiles } from "./stat-tiles";

interface DashboardViewProps extends Pick<AttentionCardProps, "attention" | "maySeeSites"> {
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

/** What needs attention comes first, then who is on; the chart below is drawn once it is seen. */
export function DashboardView({
  dashboard,
  attention,
  maySeeSites,
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
        sitesHref="#needs-attention"
        silentSiteCount={dashboard.silentSites.length}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          <AttentionCard
            attention={attention}
            silentSites={dashboard.silentSites}
            companyRef={companyRef}
            maySeeSites={maySeeSites}
            isManyCompanies={companyNames !== undefined}
            readAt={dashboard.readAt}
            zone={zone}
          />
          <PresentList
            people={dashboard.present}
            totalCount={dashboard.presentCount}
            companyNames={companyNames}
            zone={zone}
          />
          <EventsChartCard chart={dashboard.chart} range={range} zone={zone} readAt={dashboard.readAt} />
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
