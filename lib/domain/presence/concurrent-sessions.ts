import { unionIntervals } from "../time-spent/intervals";
import type { StretchKind } from "../time-spent/stretch-machine";

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

/** The concurrent sessions of one account, oldest first. Computers that only follow one another are none. */
export function concurrentSessions(seats: readonly SeatSpans[], counted: CountedStates): ConcurrentSession[] {
  if (seats.length < 2) return [];
  const onComputer = seats.map(({ computerId, spans }) => ({
    computerId,
    spans: unionIntervals(KINDS[counted].flatMap((kind) => spans[kind])),
  }));
  const active = seats.map(({ spans }) => unionIntervals(spans.active));
  const bothActive = overlaps(active);
  return overlaps(onComputer.map(({ spans }) => spans)).map(({ from, to, most }) => ({
    from,
    to,
    computerIds: onComputer
      .filter(({ spans }) => lengthWithin(spans, from, to) > 0)
      .map(({ computerId }) => computerId)
      .toSorted((a, b) => a - b),
    mostAtOnce: most,
    bothActiveMs: lengthWithin(
      bothActive.flatMap((span) => [span.from, span.to]),
      from,
      to,
    ),
  }));
}

/** Where at least two of the lists have a span at once, touching times joined. Each list is a union. */
function overlaps(lists: readonly (readonly number[])[]): { from: number; to: number; most: number }[] {
  const steps = lists
    .flatMap((spans) => spans.map((at, index) => ({ at, change: index % 2 === 0 ? 1 : -1 })))
    .toSorted((a, b) => a.at - b.at);
  const found: { from: number; to: number; most: number }[] = [];
  let depth = 0;
  let open: { from: number; most: number } | null = null;
  steps.forEach(({ at, change }, index) => {
    depth += change;
    // What ends and begins at the same instant is looked at when all of it is known.
    if (steps[index + 1]?.at === at) return;
    if (depth >= 2) {
      open ??= { from: at, most: depth };
      open.most = Math.max(open.most, depth);
    } else if (open) {
      found.push({ ...open, to: at });
      open = null;
    }
  });
  return found;
}

function lengthWithin(spans: readonly number[], from: number, to: number): number {
  let length = 0;
  for (let index = 0; index < spans.length; index += 2) {
    length += Math.max(0, Math.min(spans[index + 1]!, to) - Math.max(spans[index]!, from));
  }
  return length;
}
