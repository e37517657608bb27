import { useTranslations } from "next-intl";
import { useWords } from "@/components/ui/use-words";
import { KindBadge } from "@/components/events/kind-badge";
import { formatDuration } from "@/components/time/format";
import { ExactTime } from "@/components/time/exact-time";
import { EventAge } from "@/components/time/event-age";
import { TextLink } from "@/components/ui/text-link";
import { DescriptionList } from "@/components/ui/description-list";
import { logonTypeInFull } from "@/lib/domain/events/logon-types";
import type { EventDetail } from "@/lib/domain/events/event-row";
import { FLEET_HREFS } from "@/lib/domain/fleet/fleet-hrefs";
import { codeInFull, failureReason } from "@/lib/domain/failure-reasons";
import type { Text } from "@/lib/domain/text";

/** Every stored field of an event; those the agent did not send are left out. */
export function EventFields({
  event,
  zone,
  companyName,
}: {
  event: EventDetail;
  zone: string;
  companyName?: string;
}) {
  const { companyId } = event;
  const t = useTranslations("events");
  const column = useTranslations("reportColumns");
  const word = useWords("failureReasons", "logonTypes");
  const wordIf = (text: string | Text | null) => text && word(text);
  return (
    <DescriptionList
      items={[
        { term: t("event"), value: <KindBadge kind={event.kind} /> },
        { term: t("sentAs"), value: <code className="font-mono">{event.eventType}</code> },
        { term: column("reason"), value: wordIf(failureReason(event.status, event.subStatus)) },
        { term: t("time"), value: <Moment at={event.occurredAt} zone={zone} /> },
        { term: t("timeUtc"), value: new Date(event.occurredAt).toISOString() },
        { term: t("received"), value: <Moment at={event.receivedAt} zone={zone} /> },
        {
          term: t("clock"),
          value: event.isClockSkewed ? t("clockAhead", { duration: aheadOf(event) }) : null,
        },
        {
          term: column("account"),
          value: (
            <PlainLink href={FLEET_HREFS.accounts(companyId, event.accountId)}>{event.userName}</PlainLink>
          ),
        },
        {
          term: column("computer"),
          value: (
            <PlainLink href={FLEET_HREFS.computers(companyId, event.computerId)}>
              {event.computerName}
            </PlainLink>
          ),
        },
        {
          term: column("company"),
          value: companyName && <PlainLink href={`/${companyId}/dashboard`}>{companyName}</PlainLink>,
        },
        {
          term: column("site"),
          value: <PlainLink href={FLEET_HREFS.sites(companyId, event.siteId)}>{event.siteName}</PlainLink>,
        },
        { term: column("localIp"), value: event.localIp },
        { term: column("publicIp"), value: event.publicIp },
        { term: t("sourceIp"), value: event.sourceIp },
        {
          term: t("logonType"),
          value: event.logonType === null ? null : word(logonTypeInFull(event.logonType)),
        },
        { term: t("status"), value: wordIf(codeInFull(event.status)) },
        { term: t("subStatus"), value: wordIf(codeInFull(event.subStatus)) },
        { term: t("session"), value: event.sessionId },
        { term: t("retries"), value: event.retry > 0 ? event.retry : null },
        { term: column("agentVersion"), value: event.agentVersion },
        { term: t("agentEventId"), value: event.agentEventId },
        { term: t("id"), value: event.id },
      ]}
    />
  );
}

function PlainLink({ href, children }: { href: string; children: string }) {
  return (
    <TextLink href={href}>
      <bdi>{children}</bdi>
    </TextLink>
  );
}

function Moment({ at, zone }: { at: number; zone: string }) {
  return (
    <>
      <ExactTime at={at} zone={zone} precision="millisecond" className="tabular" />{" "}
      <span className="whitespace-nowrap text-muted-foreground">
        (<EventAge at={at} zone={zone} />)
      </span>
    </>
  );
}

/** By how much the agent's clock was ahead when the server received the event, which no waiting explains. */
function aheadOf({ occurredAt, receivedAt }: EventDetail): string {
  return formatDuration((occurredAt - receivedAt) / 1000);
}
