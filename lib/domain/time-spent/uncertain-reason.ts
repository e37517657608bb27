import { START_KINDS, type EventKind } from "../events/kinds";

/** Why a stretch is uncertain, by the event that ended it; undefined when none has. */
export function uncertainReason(closer: EventKind | undefined): string {
  if (closer !== undefined && START_KINDS.has(closer)) {
    return "The next start came before any end, so nobody knows when this one ended.";
  }
  if (closer === "startup") return "The computer started again without a shutdown before it.";
  return "Longer than the longest session; counted only up to that length.";
}
