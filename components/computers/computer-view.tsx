import { Link } from "@/components/ui/link";
import { FleetHeader } from "@/components/fleet/fleet-header";
import { LastEventsCard } from "@/components/fleet/last-events-card";
import { OpenAlertsCard } from "@/components/fleet/open-alerts-card";
import { PresentCard } from "@/components/fleet/present-card";
import { UsedCard } from "@/components/fleet/used-card";
import { ExactTime } from "@/components/time/exact-time";
import { EventAge } from "@/components/time/event-age";
import { TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/lib/domain/form-result";
import type { ComputerRow } from "@/lib/domain/reports/computer-columns";
import type { ComputerDetail } from "@/lib/services/fleet/read-computer";
import { AgentVersion } from "./agent-version";
import { clockWords } from "./clock-words";
import { HealthBadges } from "./health-badges";
import { HealthHistory } from "./health-history";

interface ComputerViewProps extends ComputerDetail {
  /** Of the address: links stay in the company or among all of them. */
  companyRef: string;
  zone: string;
  /** The company's, when several are in view. */
  companyName?: string;
  /** Changes tags; for those who may. */
  tagsAction?: FormAction<void>;
}

/** One computer: how it is, who is on it, who used it, what it told. */
export function ComputerView(props: ComputerViewProps) {
  const { computer, companyName, zone, companyRef, users } = props;
  const eventsHref = `/${companyRef}/events?range=30d&computer=${computer.id}`;
  return (
    <>
      <FleetHeader
        name={computer.name}
        place={[companyName, computer.siteName]}
        zone={zone}
        readAt={computer.readAt}
        links={[
          { href: `/${companyRef}/who-was-on?computer=${computer.id}`, label: "Who was on" },
          { href: eventsHref, label: "Events on this computer" },
        ]}
        tagging={props.tagging}
        tagged={{ companyId: computer.companyId, computerId: computer.id }}
        tagsAction={props.tagsAction}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="grid gap-4">
          <FactsCard {...props} />
          <OpenAlertsCard
            {...props.openAlerts}
            zone={zone}
            allHref={`/${computer.companyId}/alerts?computer=${computer.id}`}
          />
          <PresentCard
            title="Signed in now"
            by="account"
            places={props.present}
            none="Nobody is signed in."
            zone={zone}
          />
        </div>
        <div className="grid gap-4">
          <HealthHistory
            days={props.days}
            versions={props.versions}
            firstSeenAt={computer.firstSeenAt}
            zone={zone}
          />
          <UsedCard
            title="Who used it"
            by="account"
            list={users}
            none="Nobody has had a session here."
            allHref={`/${companyRef}/accounts?computer=${computer.id}&sort=-lastSeen`}
            zone={zone}
          />
          <LastEventsCard events={props.events} beside="account" allHref={eventsHref} zone={zone} />
        </div>
      </div>
    </>
  );
}

function FactsCard({ computer, latestVersion, zone }: ComputerViewProps) {
  return (
    <TitledCard title="Health" contentClassName="grid gap-4">
      <HealthBadges computer={computer} />
      <DescriptionList
        items={[
          { term: "Last seen", value: <Moment at={computer.lastSeenAt} zone={zone} /> },
          {
            term: "Health check",
            value: computer.lastHealthAt && <Moment at={computer.lastHealthAt} zone={zone} />,
          },
          { term: "First seen", value: <Moment at={computer.firstSeenAt} zone={zone} /> },
          {
            term: "Agent",
            value: (
              <span className="inline-flex flex-wrap items-center gap-x-2">
                <AgentVersion version={computer.agentVersion} isOutdated={computer.isAgentOutdated} />
                {computer.isAgentOutdated && `The portal has ${latestVersion}.`}
              </span>
            ),
          },
          { term: "Events waiting", value: computer.spoolLength?.toLocaleString("en") },
          { term: "Events lost", value: lostWords(computer) },
          { term: "Clock", value: skewWords(computer.clockSkewMs) },
          { term: "Local IP", value: computer.localIp },
          { term: "Public IP", value: computer.publicIp },
          { term: "Last user", value: <LastUser computer={computer} /> },
        ]}
      />
    </TitledCard>
  );
}

function Moment({ at, zone }: { at: number; zone: string }) {
  return (
    <>
      <ExactTime at={at} zone={zone} className="tabular" />{" "}
      <span className="text-muted-foreground">
        (<EventAge at={at} zone={zone} />)
      </span>
    </>
  );
}

function LastUser({ computer }: { computer: ComputerRow }) {
  if (computer.lastAccountId === null) return "Nobody yet";
  return (
    <Link
      href={`/${computer.companyId}/accounts/${computer.lastAccountId}`}
      className="text-link hover:underline"
    >
      {computer.lastUserName}
    </Link>
  );
}

/** A full spool gives failed logons up first; null when no agent ever told. */
function lostWords({ droppedFailures, droppedSessions }: ComputerRow): string | null {
  if (droppedFailures === null && droppedSessions === null) return null;
  const failures = (droppedFailures ?? 0).toLocaleString("en");
  const sessions = (droppedSessions ?? 0).toLocaleString("en");
  return `${failures} failed logons, ${sessions} others since the agent was installed`;
}

/** Events alone tell only a clock that is ahead: 0 is one that was not. */
function skewWords(skewMs: number | null): string | null {
  if (skewMs === null) return null;
  if (skewMs === 0) return "Not ahead of the server";
  return Math.abs(skewMs) < 60_000 ? "Agrees with the server" : clockWords(skewMs);
}
