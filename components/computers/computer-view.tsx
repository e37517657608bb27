import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import { FleetPage, type FleetView } from "@/components/fleet/fleet-page";
import { ExactTime } from "@/components/time/exact-time";
import { EventAge } from "@/components/time/event-age";
import { TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { ComputerRow } from "@/lib/domain/reports/computer-columns";
import type { ComputerDetail } from "@/lib/services/fleet/read-computer";
import { AgentVersion } from "./agent-version";
import { clockWords } from "./clock-words";
import { HealthBadges } from "./health-badges";
import { HealthHistory } from "./health-history";

type ComputerViewProps = ComputerDetail & FleetView;

/** One computer: how it is, who is on it, who used it, what it told. */
export function ComputerView(props: ComputerViewProps) {
  const t = useTranslations("computerDetail");
  const nav = useTranslations("nav");
  const { computer, companyName, zone, companyRef } = props;
  return (
    <FleetPage
      {...props}
      kind="computer"
      one={computer}
      readAt={computer.readAt}
      place={[companyName, computer.siteName]}
      links={[
        { href: `/${companyRef}/time-spent?range=30d&computer=${computer.id}`, label: nav("timeSpent") },
        { href: `/${companyRef}/failures?range=30d&computer=${computer.id}`, label: nav("failures") },
        { href: `/${companyRef}/who-was-on?computer=${computer.id}`, label: nav("whoWasOn") },
      ]}
      used={props.users}
      texts={{
        events: t("eventsHere"),
        absent: t("nobody"),
        used: t("users"),
        unused: t("neverUsed"),
      }}
      facts={<FactsCard {...props} />}
      history={
        <HealthHistory
          days={props.days}
          versions={props.versions}
          firstSeenAt={computer.firstSeenAt}
          zone={zone}
        />
      }
    />
  );
}

function FactsCard({ computer, latestVersion, zone }: ComputerViewProps) {
  const t = useTranslations("computerDetail");
  const column = useTranslations("reportColumns");
  const health = useTranslations("computerHealth");
  return (
    <TitledCard title={column("health")} contentClassName="grid gap-4">
      <HealthBadges computer={computer} />
      <DescriptionList
        items={[
          { term: column("lastSeen"), value: <Moment at={computer.lastSeenAt} zone={zone} /> },
          {
            term: t("healthCheck"),
            value: computer.lastHealthAt && <Moment at={computer.lastHealthAt} zone={zone} />,
          },
          { term: column("firstSeen"), value: <Moment at={computer.firstSeenAt} zone={zone} /> },
          {
            term: t("agent"),
            value: (
              <span className="inline-flex flex-wrap items-center gap-x-2">
                <AgentVersion version={computer.agentVersion} isOutdated={computer.isAgentOutdated} />
                {computer.isAgentOutdated &&
                  latestVersion !== null &&
                  t("latestVersion", { version: latestVersion })}
              </span>
            ),
          },
          {
            term: column("eventsWaiting"),
            value: computer.spoolLength && formatNumber(computer.spoolLength),
          },
          { term: column("eventsLost"), value: lostWords(t, computer) },
          { term: t("clock"), value: skewWords(t, health, computer.clockSkewMs) },
          { term: column("localIp"), value: computer.localIp },
          { term: column("publicIp"), value: computer.publicIp },
          { term: column("lastUser"), value: <LastUser computer={computer} /> },
        ]}
      />
    </TitledCard>
  );
}

function Moment({ at, zone }: { at: number; zone: string }) {
  return (
    <>
      <ExactTime at={at} zone={zone} className="tabular" />{" "}
      <span className="whitespace-nowrap text-muted-foreground">
        (<EventAge at={at} zone={zone} />)
      </span>
    </>
  );
}

function LastUser({ computer }: { computer: ComputerRow }) {
  const t = useTranslations("computerDetail");
  if (computer.lastAccountId === null) return t("noUser");
  return (
    <TextLink href={`/${computer.companyId}/accounts/${computer.lastAccountId}`}>
      {computer.lastUserName}
    </TextLink>
  );
}

type T = ReturnType<typeof useTranslations<"computerDetail">>;

/** A full spool gives failed logons up first; null when no agent ever told. */
function lostWords(t: T, { droppedFailures, droppedSessions }: ComputerRow): string | null {
  if (droppedFailures === null && droppedSessions === null) return null;
  return t("lost", { failures: droppedFailures ?? 0, others: droppedSessions ?? 0 });
}

/** Events alone tell only a clock that is ahead: 0 is one that was not. */
function skewWords(
  t: T,
  health: ReturnType<typeof useTranslations<"computerHealth">>,
  skewMs: number | null,
): string | null {
  if (skewMs === null) return null;
  if (skewMs === 0) return t("clockNotAhead");
  return Math.abs(skewMs) < 60_000 ? t("clockAgrees") : clockWords(health, skewMs);
}
