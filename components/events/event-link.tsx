import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { KindBadge } from "@/components/events/kind-badge";
import { formatDateTime } from "@/components/time/format";
import type { EventRow } from "@/lib/domain/events/event-row";
import { DEFAULT_REQUEST, formatEventsRequest } from "@/lib/domain/events/filters";

const MINUTE_MS = 60_000;

interface EventLinkProps {
  event: EventRow;
  zone: string;
  companyRef: string;
}

/** An event with its time, leading to the Events screen of its account, computer and minute. */
export function EventLink({ event, zone, companyRef }: EventLinkProps) {
  const t = useTranslations("eventKinds");
  const from = Math.floor(event.occurredAt / MINUTE_MS) * MINUTE_MS;
  const { accountId, computerId } = event;
  const range = { from, to: from + MINUTE_MS };
  const filters = { ...DEFAULT_REQUEST.filters, range, accountId, computerId };
  const query = formatEventsRequest({ ...DEFAULT_REQUEST, filters });
  return (
    <Link
      href={`/${companyRef}/events?${query}`}
      className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 underline-offset-4 hover:underline"
    >
      <KindBadge kind={event.kind} eventType={event.eventType} />
      <time dateTime={new Date(event.occurredAt).toISOString()} className="tabular whitespace-nowrap">
        {formatDateTime(event.occurredAt, zone)}
      </time>
      <span className="text-muted-foreground wrap-anywhere">
        {t.rich("userOnComputer", {
          user: event.userName,
          computer: event.computerName,
          name: (words) => <bdi>{words}</bdi>,
        })}
      </span>
    </Link>
  );
}
