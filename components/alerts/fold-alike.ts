import { failureSource } from "@/lib/domain/events/event-facts";
import type { EventRow } from "@/lib/domain/events/event-row";

/** An event, and those behind it that only their times tell from it. */
export interface AlikeEvents {
  shown: EventRow;
  folded: readonly EventRow[];
}

/** Fewer take no more room than the line that stands for them is worth. */
const FEWEST_FOLDED = 3;

/** Events in their order; those that are alike and follow one another stand behind the first of them. */
export function foldAlike(events: readonly EventRow[]): AlikeEvents[] {
  const runs: EventRow[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run && signOf(run[0]!) === signOf(event)) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap(([shown, ...folded]) =>
    folded.length < FEWEST_FOLDED
      ? [shown!, ...folded].map((each) => ({ shown: each, folded: [] }))
      : [{ shown: shown!, folded }],
  );
}

function signOf(event: EventRow): string {
  const { kind, eventType, userName, computerName, status, subStatus } = event;
  return JSON.stringify([kind, eventType, userName, computerName, status, subStatus, failureSource(event)]);
}
