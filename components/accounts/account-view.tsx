import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { KindBadge } from "@/components/events/kind-badge";
import { FleetHeader } from "@/components/fleet/fleet-header";
import { LastEventsCard } from "@/components/fleet/last-events-card";
import { OpenAlertsCard } from "@/components/fleet/open-alerts-card";
import { PresentCard } from "@/components/fleet/present-card";
import { UsedCard } from "@/components/fleet/used-card";
import { ExactTime } from "@/components/time/exact-time";
import { EventAge } from "@/components/time/event-age";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
  TitledCard,
} from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { useWords } from "@/components/ui/use-words";
import type { FormAction } from "@/lib/domain/form-result";
import { failureReason } from "@/lib/domain/failure-reasons";
import { ianaZone, localDateOf } from "@/lib/domain/zones";
import type { AccountDetail } from "@/lib/services/fleet/read-account";
import { PresenceBadge } from "./presence-badge";

interface AccountViewProps extends AccountDetail {
  /** Of the address: links stay in the company or among all of them. */
  companyRef: string;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  /** The company's, when several are in view. */
  companyName?: string;
  /** Changes tags; for those who may. */
  tagsAction?: FormAction<void>;
}

/** One account: where it is, which computers it uses, what went wrong, what it did last. */
export function AccountView(props: AccountViewProps) {
  const t = useTranslations("accountDetail");
  const nav = useTranslations("nav");
  const fleet = useTranslations("fleet");
  const { account, companyRef, companyName, zone } = props;
  const today = localDateOf(props.readAt, ianaZone(zone));
  const eventsHref = `/${companyRef}/events?range=30d&account=${account.id}`;
  return (
    <>
      <FleetHeader
        name={account.name}
        place={[companyName]}
        zone={zone}
        readAt={props.readAt}
        links={[
          { href: `/${account.companyId}/time-spent/${account.id}/${today}`, label: t("today") },
          { href: `/${companyRef}/time-spent?range=30d&account=${account.id}`, label: nav("timeSpent") },
          { href: `/${companyRef}/who-was-on?account=${account.id}`, label: t("whereItWas") },
          { href: eventsHref, label: t("events") },
        ]}
        tagging={props.tagging}
        tagged={{ companyId: account.companyId, accountId: account.id }}
        tagsAction={props.tagsAction}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="grid gap-4">
          <FactsCard {...props} />
          <OpenAlertsCard
            {...props.openAlerts}
            zone={zone}
            allHref={`/${account.companyId}/alerts?account=${account.id}`}
          />
          <PresentCard
            title={fleet("signedInNow")}
            by="computer"
            places={props.present}
            none={t("nowhere")}
            zone={zone}
          />
          <FailuresCard {...props} />
        </div>
        <div className="grid gap-4">
          <UsedCard
            title={t("computersUsed")}
            by="computer"
            list={props.computers}
            none={t("noSessions")}
            allHref={`/${companyRef}/computers?account=${account.id}&sort=-lastSeen`}
            zone={zone}
          />
          <LastEventsCard events={props.events} beside="computer" allHref={eventsHref} zone={zone} />
        </div>
      </div>
    </>
  );
}

function FactsCard({ account, zone }: AccountViewProps) {
  const t = useTranslations("accountDetail");
  const column = useTranslations("reportColumns");
  return (
    <TitledCard title={column("account")} contentClassName="grid gap-4">
      <PresenceBadge present={account.presentCount} active={account.activeCount} />
      <DescriptionList
        items={[
          { term: column("lastSeen"), value: <EventAge at={account.lastSeenAt} zone={zone} /> },
          {
            term: t("lastSession"),
            value: account.lastUsedAt && <ExactTime at={account.lastUsedAt} zone={zone} />,
          },
          { term: column("lastSite"), value: account.lastSiteName },
          { term: column("firstSeen"), value: <ExactTime at={account.firstSeenAt} zone={zone} /> },
          { term: column("computers"), value: formatNumber(account.computerCount) },
        ]}
      />
    </TitledCard>
  );
}

function FailuresCard({ account, failures, companyRef, zone }: AccountViewProps) {
  const t = useTranslations("accountDetail");
  const word = useWords();
  const allHref = `/${companyRef}/events?range=30d&kind=logon_failed,lockout&account=${account.id}`;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("failures")}</CardTitle>
        <CardDescription>
          {failures.total === 0 ? t("noFailures") : t("failuresCount", { count: failures.total })}
        </CardDescription>
        {failures.total > 0 && (
          <CardAction>
            <Link href={allHref} className="text-sm text-link hover:underline">
              {t("allFailures")}
            </Link>
          </CardAction>
        )}
      </CardHeader>
      {failures.rows.length > 0 && (
        <CardContent className="px-0">
          <ul aria-label={t("failures")} className="divide-y text-sm">
            {failures.rows.map((failure) => (
              <li key={failure.id} className="grid gap-0.5 px-4 py-2">
                <span className="flex items-center justify-between gap-3">
                  <KindBadge kind={failure.kind} />
                  <ExactTime
                    at={failure.at}
                    zone={zone}
                    className="tabular text-xs whitespace-nowrap text-muted-foreground"
                  />
                </span>
                <span className="text-xs wrap-anywhere text-muted-foreground">
                  {[
                    word(failureReason(failure.status, failure.subStatus) ?? ""),
                    t("onComputer", { computer: failure.computerName }),
                    failure.sourceIp && t("fromAddress", { address: failure.sourceIp }),
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </li>
            ))}
          </ul>
        </CardContent>
      )}
    </Card>
  );
}
