import type { AlertDraft } from "./alert-draft";

/** An alert whose evidence is still to be read. */
export interface FleetDraft extends AlertDraft {
  /** Computers of which the newest events prove it, by id. */
  provedBy: readonly number[];
}

/** A computer's newest event; epoch milliseconds. */
export interface NewestEvent {
  id: number;
  at: number;
}

/** The alert with its evidence. A silence keeps its range; a wrong clock's reaches to its event. */
export function withProof(draft: FleetDraft, newest: ReadonlyMap<number, NewestEvent>): AlertDraft {
  const { provedBy, ...alert } = draft;
  const events = provedBy.flatMap((id) => newest.get(id) ?? []);
  const eventIds = events.map(({ id }) => id);
  if (alert.rule !== "clock-moved") return { ...alert, eventIds };
  const times = [alert.sinceAt, ...events.map(({ at }) => at)];
  return { ...alert, eventIds, firstAt: Math.min(...times), lastAt: Math.max(...times) };
}
