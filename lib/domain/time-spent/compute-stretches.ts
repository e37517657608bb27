import { StretchMachine, type StretchKind } from "./stretch-machine";

/** An event as the time engine needs it; ids within one company. */
export interface TimeSpentEvent {
  accountId: number;
  computerId: number;
  kindCode: number;
  /** Epoch milliseconds. */
  at: number;
  /** Order received; decides between events of the same instant. */
  order: number;
}

/** What part of the events counts; instants in epoch milliseconds. */
export interface TimeSpentRange {
  from: number;
  /** Exclusive. */
  to: number;
  /** The longest a session may be; longer ones are uncertain. */
  maxSessionHours: number;
  /**
   * What is still open counts up to now, or to the end of the range when that is earlier or no now is given. Nothing counts
   * that happened later: see {@link countedRange}.
   */
  now?: number;
}

/** A stretch of time of an account on a computer; epoch milliseconds. */
export interface Stretch {
  accountId: number;
  computerId: number;
  kind: StretchKind;
  from: number;
  to: number;
  /** Still going on at the end of the range or now. */
  isOpen: boolean;
  /** The order of the event that began it. */
  openedBy: number;
  /** The order of the event that ended it; null while none has. */
  closedBy: number | null;
}

const HOUR_MS = 3_600_000;

export function maxSessionMs(range: TimeSpentRange): number {
  return range.maxSessionHours * HOUR_MS;
}

/** Where reading must begin for the range: a session that reaches into it started no earlier. */
export function firstRelevantAt(range: TimeSpentRange): number {
  return range.from - maxSessionMs(range);
}

/**
 * The part of the range that has happened by now. What lies behind counts once its time has come, be it of a clock that is
 * ahead or because the report is made late. A range that is yet to come ends before it begins.
 */
export function countedRange<Range extends TimeSpentRange>(range: Range): Range {
  return { ...range, to: Math.min(range.to, (range.now ?? Infinity) + 1) };
}

/** Where a stretch that no event has closed ends. */
export function openEnd(range: TimeSpentRange): number {
  return Math.min(range.to, range.now ?? Infinity);
}

function compare(a: TimeSpentEvent, b: TimeSpentEvent): number {
  return a.at - b.at || a.order - b.order;
}

/** The events ordered by time, then order received; the same array when it is so already. */
export function inOrder(events: readonly TimeSpentEvent[]): readonly TimeSpentEvent[] {
  const isOrdered = events.every((event, index) => index === 0 || compare(events[index - 1]!, event) <= 0);
  return isOrdered ? events : events.toSorted(compare);
}

/** Takes a stretch that is clipped to the range, and when it began and ended before that. */
export type ClippedStretchSink = (stretch: Stretch, whole: { from: number; to: number }) => void;

/**
 * Tells the stretches of a range, clipped to it.
 *
 * It needs, besides a person's own events, the sleep, shutdown and startup events of the computers concerned, from
 * {@link firstRelevantAt} to before the end of the {@link countedRange}.
 */
export function clippingMachine(range: TimeSpentRange, onStretch: ClippedStretchSink): StretchMachine {
  return new StretchMachine(
    maxSessionMs(range),
    ({ accountId, computerId }, kind, start, end, openedBy, closer) => {
      const from = Math.max(start, range.from);
      const to = Math.min(end, range.to);
      if (from >= to) return;
      const isOpen = Number.isNaN(closer);
      const closedBy = isOpen ? null : closer;
      onStretch(
        { accountId, computerId, kind, from, to, isOpen, openedBy, closedBy },
        { from: start, to: end },
      );
    },
  );
}
