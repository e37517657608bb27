import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { TextLink } from "@/components/ui/text-link";
import { KindBadge } from "@/components/events/kind-badge";
import { ExactTime } from "@/components/time/exact-time";
import { TitledCard } from "@/components/ui/card";
import type { EventRow } from "@/lib/domain/events/event-row";

interface LastEventsCardProps {
  events: readonly EventRow[];
  /** What stands beside each event: the other side of it. */
  beside: "account" | "computer";
  allHref: string;
  companyRef: string;
  zone: string;
}

/** The newest events of an account or a computer, and the way to all of them. */
export function LastEventsCard({ events, beside, allHref, companyRef, zone }: LastEventsCardProps) {
  const t = useTranslations("fleet");
  return (
    <TitledCard
      title={t("lastEvents")}
      action={
        <TextLink href={allHref} className="text-sm">
          {t("allEvents")}
        </TextLink>
      }
      contentClassName="px-0"
    >
      {events.length === 0 ? (
        <p className="px-4 text-sm text-muted-foreground">{t("noEvents")}</p>
      ) : (
        <ul aria-label={t("lastEvents")} className="divide-y text-sm">
          {events.map((event) => (
            <li
              key={event.id}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2"
            >
              <span className="flex min-w-0 items-center gap-2">
                <KindBadge kind={event.kind} eventType={event.eventType} />
                <Link
                  href={`/${companyRef}/${beside}s/${beside === "account" ? event.accountId : event.computerId}`}
                  className="truncate text-muted-foreground hover:underline"
                >
                  {beside === "account" ? event.userName : event.computerName}
                </Link>
              </span>
              <ExactTime
                at={event.occurredAt}
                zone={zone}
                className="tabular text-xs whitespace-nowrap text-muted-foreground"
              />
            </li>
          ))}
        </ul>
      )}
    </TitledCard>
  );
}
