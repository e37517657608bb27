import { useWords } from "@/components/ui/use-words";
import { KindBadge } from "@/components/events/kind-badge";
import { formatDuration } from "@/components/time/format";
import { ExactTime } from "@/components/time/exact-time";
import { EventAge } from "@/components/time/event-age";
import { Link } from "@/components/ui/link";
import { DescriptionList } from "@/components/ui/description-list";
import { logonTypeInFull } from "@/lib/domain/events/logon-types";
import type { EventDetail } from "@/lib/domain/events/event-row";
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
  const word = useWords("failureReasons", "logonTypes");
  const wordIf = (text: string | Text | null) => text && word(text);
  return (
    <DescriptionList
      items={[
        { term: "Event", value: <KindBadge kind={event.kind} /> },
        { term: "Sent as", value: <code className="font-mono">{event.eventType}</code> },
        { term: "Reason", value: wordIf(failureReason(event.status, event.subStatus)) },
        { term: "Time", value: <Moment at={event.occurredAt} zone={zone} /> },
        { term: "Time in UTC", value: new Date(event.occurredAt).toISOString() },
        { term: "Received", value: <Moment at={event.receivedAt} zone={zone} /> },
        { term: "Clock", value: clockWords(event) },
        {
          term: "Account",
          value: (
            <PlainLink href={`/${event.companyId}/accounts/${event.accountId}`}>{event.userName}</PlainLink>
          ),
        },
        {
          term: "Computer",
          value: (
            <PlainLink href={`/${event.companyId}/computers/${event.computerId}`}>
              {event.computerName}
            </PlainLink>
          ),
        },
        { term: "Company", value: companyName },
        { term: "Site", value: event.siteName },
        { term: "Local IP", value: event.localIp },
        { term: "Public IP", value: event.publicIp },
        { term: "Source IP", value: event.sourceIp },
        {
          term: "Logon type",
          value: event.logonType === null ? null : word(logonTypeInFull(event.logonType)),
        },
        { term: "Status", value: wordIf(codeInFull(event.status)) },
        { term: "Sub-status", value: wordIf(codeInFull(event.subStatus)) },
        { term: "Session", value: event.sessionId },
        { term: "Retry", value: event.retry > 0 ? event.retry : null },
        { term: "Agent version", value: event.agentVersion },
        { term: "Agent's event id", value: event.agentEventId },
        { term: "Number", value: event.id },
      ]}
    />
  );
}

function PlainLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="text-link hover:underline">
      <bdi>{children}</bdi>
    </Link>
  );
}

function Moment({ at, zone }: { at: number; zone: string }) {
  return (
    <>
      <ExactTime at={at} zone={zone} precision="millisecond" className="tabular" />{" "}
      <span className="text-muted-foreground">
        (<EventAge at={at} zone={zone} />)
      </span>
    </>
  );
}

/** The agent's clock told a time well after the server received the event, which no waiting explains. */
function clockWords({ isClockSkewed, occurredAt, receivedAt }: EventDetail): string | null {
  if (!isClockSkewed) return null;
  return `The computer's clock was ${formatDuration((occurredAt - receivedAt) / 1000)} ahead of the server`;
}
