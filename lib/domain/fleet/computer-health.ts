import type { TextKey } from "../text";

/** A clock further off than this is wrong: the contract flags events that are as far ahead. */
export const CLOCK_TOLERANCE_MILLISECONDS = 5 * 60_000;
/** From here on events waiting on a computer are more than the usual moment's few. */
export const BACKLOG_EVENTS = 100;

/** What the list of computers can be held to; a computer may match several. */
export const HEALTH_FILTERS = ["reporting", "silent", "clock", "backlog", "lost"] as const;
export type HealthFilter = (typeof HEALTH_FILTERS)[number];

export const HEALTH_FILTER_TEXT: Readonly<Record<HealthFilter, TextKey>> = {
  reporting: "computerHealth.reporting",
  silent: "computerHealth.silent",
  clock: "computerHealth.wrongClock",
  backlog: "computerHealth.waiting",
  lost: "computerHealth.lost",
};

/** What is known of a computer's health; instants in epoch milliseconds. */
export interface HealthFacts {
  lastSeenAt: number;
  /** How long the computer's company lets one be silent. */
  silentAfterMinutes: number;
  /** Ahead of the server, below zero behind; null when nothing told. */
  clockSkewMs: number | null;
  spoolLength: number | null;
  droppedFailures: number | null;
  droppedSessions: number | null;
}

export interface ComputerHealth {
  isSilent: boolean;
  /** The last word of a silent computer; null while it reports. */
  silentSince: number | null;
  /** Milliseconds when the clock is further off than tolerated, else null. */
  wrongClockMs: number | null;
  isBacklog: boolean;
  /** Events given up by a full spool, of every sort. */
  lostEvents: number;
}

/** Judges a computer at `now`, epoch milliseconds; the list's filters in the database say the same. */
export function healthOf(facts: HealthFacts, now: number): ComputerHealth {
  const isSilent = now - facts.lastSeenAt > facts.silentAfterMinutes * 60_000;
  const skew = facts.clockSkewMs ?? 0;
  return {
    isSilent,
    silentSince: isSilent ? facts.lastSeenAt : null,
    wrongClockMs: Math.abs(skew) > CLOCK_TOLERANCE_MILLISECONDS ? skew : null,
    isBacklog: (facts.spoolLength ?? 0) >= BACKLOG_EVENTS,
    lostEvents: (facts.droppedFailures ?? 0) + (facts.droppedSessions ?? 0),
  };
}
