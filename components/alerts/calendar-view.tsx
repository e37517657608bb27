import { CalendarClock } from "lucide-react";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { Card, CardContent } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { AlertsHeader } from "./alerts-header";
import type { CalendarViewProps } from "./calendar-actions";
import { ExemptionsCard } from "./exemptions-card";
import { HolidaysCard } from "./holidays-card";
import { FollowingSites, HoursCard, HoursDialog } from "./hours-cards";

/** When a company works: hours, holidays, and who may work at any time. */
export function CalendarView(props: CalendarViewProps) {
  const { company, sites, companyId, zone, readAt, mayManage } = props;
  const ownSites = sites.filter(({ hours }) => hours !== null);
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Company calendar" }]} />
      <AlertsHeader {...{ companyId, zone, readAt }} current="calendar" />
      <div className="grid items-start gap-4 lg:grid-cols-2 2xl:grid-cols-3">
        {company ? (
          <HoursCard {...props} title="Working hours" siteId={null} view={company} />
        ) : (
          <Card>
            <CardContent>
              <EmptyState
                icon={CalendarClock}
                title="No working hours yet"
                description="Until they are set, the rule Outside company hours stays quiet."
                actions={
                  mayManage && (
                    <HoursDialog
                      {...props}
                      label="Set working hours"
                      what="of the company"
                      siteId={null}
                      view={null}
                    />
                  )
                }
              />
            </CardContent>
          </Card>
        )}
        {ownSites.map(({ id, name, hours }) => (
          <HoursCard key={id} {...props} title={`Working hours of ${name}`} siteId={id} view={hours!} />
        ))}
        <FollowingSites {...props} />
        <HolidaysCard {...props} />
        <ExemptionsCard {...props} />
      </div>
    </>
  );
}
