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

/**
 * The stretches of a range, clipped to it, by start and then account and computer.
 *
 * For a person's or computer's timeline; needs, besides the person's own events, the sleep, shutdown and startup
 * events of the computers concerned, from {@link firstRelevantAt} on.
 */
export function computeStretches(events: readonly TimeSpentEvent[], asked: TimeSpentRange): Stretch[] {
  const range = countedRange(asked);
  const stretches: Stretch[] = [];
  const machine = new StretchMachine(maxSessionMs(range), (seat, kind, start, end, openedBy, closer) => {
    const from = Math.max(start, range.from);
    const to = Math.min(end, range.to);
    if (from >= to) return;
    const { accountId, computerId } = seat;
    const isOpen = Number.isNaN(closer);
    stretches.push({
      accountId,
      computerId,
      kind,
      from,
      to,
      isOpen,
      openedBy,
      closedBy: isOpen ? null : closer,
    });
  });
  const first = firstRelevantAt(range);
  for (const { accountId, computerId, kindCode, at, order } of inOrder(events)) {
    if (at >= first && at < range.to) machine.accept(accountId, computerId, kindCode, at, order);
  }
  machine.close(openEnd(range));
  return stretches.sort(
    (a, b) => a.from - b.from || a.accountId - b.accountId || a.computerId - b.computerId,
  );
}
