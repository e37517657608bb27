import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";
import { KindBadge } from "@/components/events/kind-badge";
import { FleetPage, type FleetView } from "@/components/fleet/fleet-page";
import { dayHref } from "@/components/lists/day-href";
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
import { failureReason } from "@/lib/domain/failure-reasons";
import { FLEET_HREFS } from "@/lib/domain/fleet/fleet-hrefs";
import { personHref } from "@/lib/domain/privacy/person-href";
import type { AccountDetail } from "@/lib/services/fleet/read-account";
import { PresenceBadge } from "./presence-badge";

interface AccountViewProps extends AccountDetail, FleetView {
  /** Epoch milliseconds. */
  readAt: number;
  /** Whether the reader may export and erase what is held of the account. */
  managesPrivacy: boolean;
}

/** One account: where it is, which computers it uses, what went wrong, what it did last. */
export function AccountView(props: AccountViewProps) {
  const t = useTranslations("accountDetail");
  const nav = useTranslations("nav");
  const { account, companyRef, companyName, zone } = props;
  const { id } = account;
  return (
    <FleetPage
      {...props}
      kind="account"
      one={account}
      place={[companyName]}
      links={[
        { href: dayHref(companyRef, id, props.readAt, zone), label: t("today") },
        { href: `/${companyRef}/time-spent?range=30d&account=${id}`, label: nav("timeSpent") },
        { href: `/${companyRef}/who-was-on?account=${id}`, label: t("whereItWas") },
        ...(props.managesPrivacy ? [{ href: personHref(account), label: nav("privacy") }] : []),
      ]}
      used={props.computers}
      texts={{
        events: t("events"),
        absent: t("nowhere"),
        used: t("computersUsed"),
        unused: t("noSessions"),
      }}
      facts={<FactsCard {...props} />}
      last={<FailuresCard {...props} />}
    />
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
            <TextLink href={allHref} className="text-sm">
              {t("allFailures")}
            </TextLink>
          </CardAction>
        )}
      </CardHeader>
      {failures.rows.length > 0 && (
        <CardContent className="px-0">
          <ul aria-label={t("failures")} className="divide-y text-sm">
            {failures.rows.map((failure) => (
              <li key={failure.id} className="grid gap-0.5 px-4 py-2">
                <span className="flex flex-wrap items-center justify-between gap-x-3">
                  <KindBadge kind={failure.kind} />
                  <ExactTime
                    at={failure.at}
                    zone={zone}
                    className="tabular text-xs whitespace-nowrap text-muted-foreground"
                  />
                </span>
                <FailureFacts failure={failure} companyRef={companyRef} allHref={allHref} />
              </li>
            ))}
          </ul>
        </CardContent>
      )}
    </Card>
  );
}

interface FailureFactsProps {
  failure: AccountDetail["failures"]["rows"][number];
  companyRef: string;
  /** All failures of the account. */
  allHref: string;
}

/** Why, on which computer, and from where. */
function FailureFacts({ failure, companyRef, allHref }: FailureFactsProps) {
  const t = useTranslations("accountDetail");
  const word = useWords();
  const { computerId, computerName: computer, address } = failure;
  const nameTo = (href: string) => ({
    name: (chunks: ReactNode) => (
      <TextLink href={href}>
        <bdi>{chunks}</bdi>
      </TextLink>
    ),
  });
  const reason = word(failureReason(failure.status, failure.subStatus) ?? "");
  return (
    <span className="text-xs wrap-anywhere text-muted-foreground">
      {reason && `${reason}, `}
      {t.rich("onComputer", { computer, ...nameTo(FLEET_HREFS.computers(companyRef, computerId)) })}
      {address && ", "}
      {address &&
        t.rich("fromAddress", { address, ...nameTo(`${allHref}&address=${encodeURIComponent(address)}`) })}
    </span>
  );
}
