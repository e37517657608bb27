import { LongText } from "@/components/ui/long-text";
import type { EventRow } from "@/lib/domain/events/event-row";
import { eventFacts } from "@/lib/domain/events/event-facts";

/** What an event tells besides who and where: of a failure the reason and the source, of a logon its type. */
export function EventFacts({ row }: { row: EventRow }) {
  const facts = eventFacts(row);
  return facts === "" ? null : <LongText text={facts} className="text-muted-foreground md:max-w-64" />;
}
