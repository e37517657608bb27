import { LongText } from "@/components/ui/long-text";
import { useWords } from "@/components/ui/use-words";
import type { EventRow } from "@/lib/domain/events/event-row";
import { eventFacts } from "@/lib/domain/events/event-facts";

/** What an event tells besides who and where: of a failure the reason and the source, of a logon its type. */
export function EventFacts({ row }: { row: EventRow }) {
  const word = useWords("failureReasons", "logonTypes");
  const facts = eventFacts(row).map((fact) => word(fact));
  if (facts.length === 0) return null;
  return <LongText text={facts.join(" · ")} className="text-muted-foreground md:max-w-64" />;
}
