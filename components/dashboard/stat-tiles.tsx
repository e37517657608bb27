import { Activity, CircleAlert, MonitorCheck, RadioTower, UserCheck, Users } from "lucide-react";
import { StatTile } from "./stat-tile";
import type { Dashboard } from "@/lib/services/dashboard/read-dashboard";

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
  const base = `/${props.companyRef}`;
  const lockedCount = Math.max(0, props.signedInCount - props.activeNowCount);
  return (
    <dl aria-label="Today at a glance" className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <StatTile
        label="Signed in now"
        href={`${base}/accounts?presence=present`}
        value={props.signedInCount}
        detail={`${props.activeNowCount} active, ${lockedCount} locked`}
        icon={UserCheck}
      />
      <StatTile
        label="Events today"
        href={`${base}/events?range=today`}
        value={props.eventsToday}
        detail="of every kind"
        icon={Activity}
      />
      <StatTile
        label="Accounts today"
        href={`${base}/accounts?range=today`}
        value={props.activeAccounts}
        detail="seen at a computer"
        icon={Users}
      />
      <StatTile
        label="Computers today"
        href={`${base}/computers`}
        value={props.activeComputers}
        detail="in use"
        icon={MonitorCheck}
      />
      <StatTile
        label="Failures today"
        href={`${base}/failures?range=today`}
        value={props.failuresToday}
        detail="failed logons and lockouts"
        icon={CircleAlert}
        tone="alert"
      />
      <StatTile
        label="Silent sites"
        href={props.sitesHref}
        value={props.silentSiteCount}
        detail={`of ${props.siteCount} ${props.siteCount === 1 ? "site" : "sites"}`}
        icon={RadioTower}
        tone="alert"
      />
    </dl>
  );
}
