import { unionIntervals } from "../time-spent/intervals";
import type { StretchKind } from "../time-spent/stretch-machine";
import { SpanWalk } from "./span-walk";

/** The stretches during which an account counts as being on a computer. */
export const COUNTED_STATES = ["signed_in", "active", "any"] as const;
export type CountedStates = (typeof COUNTED_STATES)[number];

const KINDS: Readonly<Record<CountedStates, readonly StretchKind[]>> = {
  signed_in: ["active", "locked"],
  active: ["active"],
  any: ["active", "locked", "uncertain"],
};

/** An account's time on one computer: flat spans of each kind in epoch milliseconds, as the machine gave them. */
export interface SeatSpans {
  computerId: number;
  spans: Readonly<Record<StretchKind, readonly number[]>>;
}

/** A time, whole, during which an account was on two or more computers at once. Epoch milliseconds. */
export interface ConcurrentSession {
  from: number;
  to: number;
  /** All computers that it was on during that time, by id. */
  computerIds: number[];
  /** The greatest number of computers at the same moment. */
  mostAtOnce: number;
  /** How much of it the account was active on two or more at once. */
  bothActiveMs: number;
}

/**
 * The concurrent sessions of one account, oldest first, each made when it is asked for. Computers that only follow one
 * another are none.
 */
export function* concurrentSessions(
  seats: readonly SeatSpans[],
  counted: CountedStates,
): Generator<ConcurrentSession, void> {
  if (seats.length < 2) return;
  const onComputer = seats.map(({ spans }) => unionIntervals(KINDS[counted].flatMap((kind) => spans[kind])));
  const bothActive = overlaps(seats.map(({ spans }) => unionIntervals(spans.active)));
  let active = bothActive.next().value;
  for (const { from, to, most, lists } of overlaps(onComputer)) {
    let bothActiveMs = 0;
    // An account active on two is on both, so each such time lies within one session.
    for (; active && active.from < to; active = bothActive.next().value)
      bothActiveMs += active.to - active.from;
    yield {
      from,
      to,
      computerIds: [...lists].map((list) => seats[list]!.computerId).toSorted((a, b) => a - b),
      mostAtOnce: most,
      bothActiveMs,
    };
  }
}

interface Overlap {
  from: number;
  to: number;
  /** Numbers of the lists with a span in it. */
  lists: ReadonlySet<number>;
  /** The greatest number of them at once. */
  most: number;
}

/** Where at least two of the lists have a span at once, touching times joined. Each list is a union. */
function* overlaps(lists: readonly (readonly number[])[]): Generator<Overlap, undefined> {
  const walk = new SpanWalk(lists);
  const on = new Set<number>();
  let open: { from: number; lists: Set<number>; most: number } | null = null;
  while (!walk.isOver) {
    const { at } = walk;
    const begun: number[] = [];
    // What ends and begins at the same instant is looked at when all of it is known.
    do {
      const list = walk.pass();
      if (on.delete(list)) continue;
      on.add(list);
      begun.push(list);
    } while (!walk.isOver && walk.at <= at);
    if (on.size >= 2) {
      open ??= { from: at, lists: new Set(on), most: 0 };
      for (const list of begun) open.lists.add(list);
      open.most = Math.max(open.most, on.size);
    } else if (open) {
      yield { ...open, to: at };
      open = null;
    }
  }
  return undefined;
}
