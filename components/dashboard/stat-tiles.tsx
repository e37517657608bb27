import { Activity, CircleAlert, MonitorCheck, RadioTower, UserCheck, Users } from "lucide-react";
import { StatTile } from "./stat-tile";

interface StatTilesProps {
  signedInCount: number;
  activeNowCount: number;
  eventsToday: number;
  activeAccounts: number;
  activeComputers: number;
  failuresToday: number;
  silentSiteCount: number;
  siteCount: number;
}

/** Today at a glance. */
export function StatTiles(props: StatTilesProps) {
  const lockedCount = Math.max(0, props.signedInCount - props.activeNowCount);
  return (
    <dl aria-label="Today at a glance" className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <StatTile
        label="Signed in now"
        value={props.signedInCount}
        detail={`${props.activeNowCount} active, ${lockedCount} locked`}
        icon={UserCheck}
      />
      <StatTile label="Events today" value={props.eventsToday} detail="of every kind" icon={Activity} />
      <StatTile
        label="Accounts today"
        value={props.activeAccounts}
        detail="seen at a computer"
        icon={Users}
      />
      <StatTile label="Computers today" value={props.activeComputers} detail="in use" icon={MonitorCheck} />
      <StatTile
        label="Failures today"
        value={props.failuresToday}
        detail="failed logons and lockouts"
        icon={CircleAlert}
        tone="alert"
      />
      <StatTile
        label="Silent sites"
        value={props.silentSiteCount}
        detail={`of ${props.siteCount} ${props.siteCount === 1 ? "site" : "sites"}`}
        icon={RadioTower}
        tone="alert"
      />
    </dl>
  );
}
