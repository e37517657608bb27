import type { LocalDate } from "../zones";
import type { RuleException } from "./exception";
import type { RuleName } from "./rule";
import type { AllSettings } from "./rules";
import type { DayMemory } from "./throttle";

/** A computer as its agent reports it. Times in epoch milliseconds. */
export interface FleetComputer {
  id: number;
  siteId: number | null;
  firstSeenAt: number;
  /** The newest time that it sent, by its own clock: still to come where that was ahead. */
  lastSeenAt: number;
  lastHealthAt: number | null;
  clockSkewMs: number | null;
  /** Events given up since the agent was installed. */
  lost: number;
}

export interface QuietComputer {
  id: number;
  /** Its time of last seen was still to come at a look. */
  wasAhead: boolean;
}

/** What the events of a computer say of its silence. */
export interface LastWord {
  /** The newest event that says so is a sleep or a shutdown. */
  isOff: boolean;
  /** The newest event sent with the right time, epoch milliseconds, of one whose clock was ahead; null for none lately. */
  rightAt: number | null;
}

export interface LostRun {
  key: number;
  lastAt: number;
  count: number;
  /** Has no alert yet, because the rule had made too many that day. */
  isHeld?: boolean | undefined;
}

/** The name that computers are remembered by; also that of the job. */
export const WATCH_AGENTS = "watch-agents";

/** What is remembered of a company's computers between two looks; JSON. */
export interface FleetMemory {
  lookedAt: number;
  /** Since when the servers have looked without a gap; 0 when there never was one. */
  watchingSince: number;
  /** Events given up, as last known; also of computers that are away. */
  lost: Record<string, number>;
  lostRuns: Record<string, LostRun>;
  /** Wrong clocks that already have an alert, with its key; also of computers that are away. */
  clocks: Record<string, number>;
  /** Silences that already have an alert, by when the computer was last heard. */
  silent: Record<string, number>;
  /**
   * Computers whose time of last seen was still to come at a look, with that time and when they were last heard by the
   * server's clock. Kept while the time is the same. Memories of older releases have none.
   */
  ahead?: Record<string, Ahead>;
  /** The day on which an alert was last kept back, by its rule and subject, so that it counts once. Older ones have none. */
  held?: Record<string, LocalDate>;
}

export interface Ahead {
  seenAt: number;
  heardAt: number;
}

export interface FleetAsked {
  settings: AllSettings;
  exceptions: readonly RuleException[];
  /** Minutes after which a computer without health checks counts as silent. */
  silentAfterMinutes: number;
  /** The company's present day. */
  today: LocalDate;
  /** How many alerts each rule has opened and kept back on that day; counted on. */
  days: ReadonlyMap<RuleName, DayMemory>;
}

/** When each computer was heard whose newest time is or was still to come; a time is as old as the first look at it. */
export function noteAhead(
  memory: FleetMemory | null,
  computers: readonly FleetComputer[],
  now: number,
): Record<string, Ahead> {
  const noted: Record<string, Ahead> = {};
  for (const { id, lastSeenAt, lastHealthAt } of computers) {
    const known = memory?.ahead?.[id];
    if (known?.seenAt === lastSeenAt) {
      // A health check is noted by the server's clock.
      noted[id] = { seenAt: lastSeenAt, heardAt: Math.max(known.heardAt, lastHealthAt ?? 0) };
    } else if (lastSeenAt > now) noted[id] = { seenAt: lastSeenAt, heardAt: now };
  }
  return noted;
}

/** The computers that are remembered for as long as they are stored and aren't among those seen lately: their ids. */
export function awayIn(memory: FleetMemory, computers: readonly FleetComputer[]): number[] {
  const seen = new Set(computers.map(({ id }) => id));
  const known = new Set([...Object.keys(memory.lost), ...Object.keys(memory.clocks)].map(Number));
  return [...known].filter((id) => !seen.has(id));
}

/** The memory without computers that are stored no longer. */
export function withoutGone(memory: FleetMemory, gone: ReadonlySet<number>): FleetMemory {
  const rest = (facts: Record<string, number>) =>
    Object.fromEntries(Object.entries(facts).filter(([id]) => !gone.has(Number(id))));
  return { ...memory, lost: rest(memory.lost), clocks: rest(memory.clocks) };
}
