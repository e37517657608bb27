import {
  COMPUTER_PAUSE_KINDS,
  END_KINDS,
  PAUSE_KINDS,
  POWER_KINDS,
  START_KINDS,
  type EventKind,
} from "@/lib/domain/events/kinds";

export type PresenceEffect = "start" | "end" | "pause";

/** Which kinds are kept in the columns `<effect>_at` and `<effect>_id` of a row of presence, a computer's among them. */
export const PRESENCE_EFFECTS: Readonly<Record<PresenceEffect, ReadonlySet<EventKind>>> = {
  start: START_KINDS,
  end: new Set([...END_KINDS, ...POWER_KINDS]),
  pause: new Set([...PAUSE_KINDS, ...COMPUTER_PAUSE_KINDS]),
};

const EFFECTS = Object.keys(PRESENCE_EFFECTS) as PresenceEffect[];

/** The columns, in the order in which both writers of presence list them. */
export const PRESENCE_FACTS = EFFECTS.flatMap((effect) => [`${effect}_at`, `${effect}_id`]).join(", ");

/**
 * What `on conflict do update` sets: of each column the newer of what is stored and what is offered. So events may
 * arrive in any order, and servers may write at the same time.
 */
export const mergePresenceText = [
  "kind = case when presence.at > excluded.at then presence.kind else excluded.kind end",
  "at = greatest(presence.at, excluded.at)",
  "site_id = case when presence.at > excluded.at then presence.site_id else excluded.site_id end",
  "first_at = least(presence.first_at, excluded.first_at)",
  ...EFFECTS.flatMap((effect) => [keepNewer(effect, `${effect}_at`), keepNewer(effect, `${effect}_id`)]),
].join(", ");

function keepNewer(effect: PresenceEffect, column: string): string {
  const isNewer = `(excluded.${effect}_at, excluded.${effect}_id) > (presence.${effect}_at, presence.${effect}_id)`;
  return `${column} = case when presence.${effect}_at is null or ${isNewer} then excluded.${column} else presence.${column} end`;
}
