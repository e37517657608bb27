import { START_KINDS, type EventKind } from "../events/kinds";
import type { Text } from "../text";

/** Why a stretch is uncertain, by the event that ended it; undefined when none has. */
export function uncertainReason(closer: EventKind | undefined): Text {
  if (closer !== undefined && START_KINDS.has(closer)) return { key: "timeSpentDay.uncertainStart" };
  return { key: closer === "startup" ? "timeSpentDay.uncertainStartup" : "timeSpentDay.uncertainLong" };
}
