import { Activity, CircleAlert, MonitorCheck, RadioTower, UserCheck, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { TILE_LISTS } from "@/lib/domain/tile-lists";
import type { Dashboard } from "@/lib/services/dashboard/read-dashboard";
import { StatTile } from "./stat-tile";

interface StatTilesProps extends Pick<
  Dashboard,
  | "signedInCount"
  | "activeNowCount"
  | "eventsToday"
  | "activeAccounts"
  | "activeComputers"
  | "failuresToday"
  | "siteCount"
> {
  companyRef: string;
  /** Where the silent ones are listed. */
  sitesHref: string;
  silentSiteCount: number;
}

/** Today at a glance. */
export function StatTiles(props: StatTilesProps) {
  const t = useTranslations("dashboard");
  const base = `/${props.companyRef}`;
  const lockedCount = Math.max(0, props.signedInCount - props.activeNowCount);
  return (
    <dl aria-label={t("today")} className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <StatTile
        label={t("signedInNow")}
        href={`${base}/${TILE_LISTS.signedIn}`}
        value={props.signedInCount}
        detail={t("signedInDetail", { active: props.activeNowCount, locked: lockedCount })}
        icon={UserCheck}
      />
      <StatTile
        label={t("eventsToday")}
        href={`${base}/events?range=today`}
        value={props.eventsToday}
        detail={t("eventsDetail")}
        icon={Activity}
      />
      <StatTile
        label={t("accountsToday")}
        href={`${base}/${TILE_LISTS.accountsToday}`}
        value={props.activeAccounts}
        detail={t("accountsDetail")}
        icon={Users}
      />
      <StatTile
        label={t("computersToday")}
        href={`${base}/${TILE_LISTS.computersToday}`}
        value={props.activeComputers}
        detail={t("computersDetail")}
        icon={MonitorCheck}
      />
      <StatTile
        label={t("failuresToday")}
        href={`${base}/failures?range=today`}
        value={props.failuresToday}
        detail={t("failuresDetail")}
        icon={CircleAlert}
        tone="alert"
      />
      <StatTile
        label={t("silentSitesTile")}
        href={props.sitesHref}
        value={props.silentSiteCount}
        detail={t("silentSitesDetail", { count: props.siteCount })}
        icon={RadioTower}
        tone="alert"
      />
    </dl>
  );
}
