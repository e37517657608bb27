import { useTranslations } from "next-intl";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { TitledCard } from "@/components/ui/card";
import { useWords } from "@/components/ui/use-words";
import { outsideHours } from "@/lib/domain/detections/outside-hours";
import { AlertsHeader } from "./alerts-header";
import type { CalendarViewProps } from "./calendar-actions";
import { ExemptionsCard } from "./exemptions-card";
import { HolidaysCard } from "./holidays-card";
import { hidden } from "./hidden";
import { FollowingSites, HoursCard, HoursDialog } from "./hours-cards";

/** When a company works: hours, holidays, and who may work at any time. */
export function CalendarView(props: CalendarViewProps) {
  const { company, sites, companyId, zone, readAt, mayManage } = props;
  const t = useTranslations("calendar");
  const pages = useTranslations("alertPages");
  const word = useWords("ruleTitles");
  const ownSites = sites.filter(({ hours }) => hours !== null);
  return (
    <>
      <PageCrumbs crumbs={[{ label: pages("calendar") }]} />
      <AlertsHeader {...{ companyId, zone, readAt }} current="calendar" />
      <div className="grid items-start gap-4 lg:grid-cols-2 2xl:grid-cols-3">
        {company ? (
          <HoursCard {...props} siteId={null} view={company} />
        ) : (
          <TitledCard
            title={t("hours")}
            description={t(mayManage ? "noHoursNote" : "noHoursViewerNote", {
              rule: word(outsideHours.title),
            })}
            action={
              mayManage && (
                <HoursDialog
                  {...props}
                  label={t.rich("setCompanyHours", { hidden })}
                  siteId={null}
                  view={null}
                />
              )
            }
          >
            <p className="text-sm text-muted-foreground">{t("noHours")}</p>
          </TitledCard>
        )}
        {ownSites.map(({ id, name, hours }) => (
          <HoursCard key={id} {...props} site={name} siteId={id} view={hours!} />
        ))}
        <FollowingSites {...props} />
        <HolidaysCard {...props} />
        <ExemptionsCard {...props} />
      </div>
    </>
  );
}
