import { useTranslations } from "next-intl";
import { EventLink } from "@/components/events/event-link";
import { ExactTime } from "@/components/time/exact-time";
import { TitledCard } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { findRule, FLEET_RULES } from "@/lib/domain/detections/rules";
import { failureSource } from "@/lib/domain/events/event-facts";
import type { EventRow } from "@/lib/domain/events/event-row";
import { reasonName, reasonText } from "@/lib/domain/failure-reasons";
import type { AlertScreen } from "@/lib/services/detections/read-alert";
import { evidenceHref } from "./evidence-href";
import { foldAlike } from "./fold-alike";

interface EvidenceCardProps extends Pick<AlertScreen, "alert" | "events"> {
  companyId: number;
  zone: string;
}

/** The events that prove an alert, many alike ones as one. */
export function EvidenceCard({ alert, events, companyId, zone }: EvidenceCardProps) {
  const t = useTranslations("alertDetails");
  const rule = findRule(alert.rule);
  const missing = alert.eventIds.length - events.length;
  // Rules about agents count other things than events.
  const beyond = rule && FLEET_RULES.includes(rule) ? 0 : alert.count - alert.eventIds.length;
  const notes = [
    events.length > 0 ? t("oldestFirst") : missing > 0 ? t("allDeleted") : t("noEvents"),
    beyond > 0 && t("firstOf", { shown: alert.eventIds.length, count: alert.count }),
    missing > 0 && events.length > 0 && t("someDeleted", { count: missing }),
  ];
  return (
    <TitledCard
      title={t("evidence")}
      description={notes.filter(Boolean).join(" ")}
      contentClassName="grid gap-3"
    >
      <ol aria-label={t("evidence")} className="grid">
        {foldAlike(events).map(({ shown, folded }) => (
          <li key={shown.id} className="grid gap-0.5 border-b py-2 text-sm last:border-0">
            <Evidence event={shown} {...{ companyId, zone }} />
            {folded.length > 0 && <FoldedEvents events={folded} {...{ companyId, zone }} />}
          </li>
        ))}
      </ol>
      {rule && beyond > 0 && (
        <TextLink href={evidenceHref(rule, companyId, alert)} className="w-fit text-sm">
          {t("allEvents")}
        </TextLink>
      )}
    </TitledCard>
  );
}

interface PlacedProps extends Pick<EvidenceCardProps, "companyId" | "zone"> {}

function Evidence({ event, companyId, zone }: { event: EventRow } & PlacedProps) {
  return (
    <>
      <EventLink event={event} zone={zone} companyRef={String(companyId)} />
      {event.kind === "logon_failed" && (
        <span className="text-muted-foreground wrap-anywhere">
          <FailureNote {...event} />
        </span>
      )}
    </>
  );
}

/** Their times alone tell them from the one above. */
function FoldedEvents({ events, companyId, zone }: { events: readonly EventRow[] } & PlacedProps) {
  const t = useTranslations("alertDetails");
  const last = events.at(-1)!;
  return (
    <details>
      <summary className="w-fit cursor-pointer text-muted-foreground">
        {t.rich("moreAlike", {
          count: events.length,
          time: () => <ExactTime at={last.occurredAt} zone={zone} />,
        })}
      </summary>
      <ol className="grid gap-1 pt-2">
        {events.map((event) => (
          <li key={event.id}>
            <EventLink event={event} zone={zone} companyRef={String(companyId)} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function FailureNote(event: EventRow) {
  const t = useTranslations("alertDetails");
  const reason = useWords("failureReasons")(reasonText(reasonName(false, event.status, event.subStatus)));
  const address = failureSource(event);
  return address ? t("failedFrom", { reason, address }) : reason;
}
