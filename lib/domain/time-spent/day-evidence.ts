import { localDateOf, type IanaZone } from "../zones";
import { computeStretches, maxSessionMs, type Stretch, type TimeSpentEvent } from "./compute-stretches";
import { minusIntervals, unionIntervals } from "./intervals";
import { STRETCH_KINDS, type StretchKind } from "./stretch-machine";
import type { TimeSpentOptions } from "./time-spent-row";

/** A bar of a day's timeline; epoch milliseconds. */
export interface DaySpan {
  kind: StretchKind;
  from: number;
  to: number;
}

/** What an account's row of one day is made of. */
export interface DayEvidence {
  /** Over all computers, overlaps counted once: together they are the row grouped by user. By time. */
  united: DaySpan[];
  /** Of each computer, clipped to the day, by time; those of one computer are its row. */
  stretches: Stretch[];
  /** Stretches of the day that are left out because they cross a midnight and the split is off. */
  leftOut: number;
}

/**
 * The stretches of an account in a part of the range (epoch milliseconds), with the events that made each.
 *
 * Events and options must be those of the row, whose range may be longer than the day: what lies before it decides
 * what was open when the day began.
 */
export function computeDayEvidence(
  events: readonly TimeSpentEvent[],
  options: TimeSpentOptions,
  accountId: number,
  day: { from: number; to: number },
): DayEvidence {
  const moments = new Map(events.map(({ order, at }) => [order, at]));
  const ofDay = computeStretches(events, options).filter(
    (stretch) => stretch.accountId === accountId && stretch.from < day.to && stretch.to > day.from,
  );
  const kept = options.splitAtMidnight
    ? ofDay
    : ofDay.filter((stretch) => !crossesMidnight(whole(stretch, moments, options), options.timeZone));
  const stretches = kept.map((stretch) => ({
    ...stretch,
    from: Math.max(stretch.from, day.from),
    to: Math.min(stretch.to, day.to),
  }));
  return { united: unite(stretches), stretches, leftOut: ofDay.length - kept.length };
}

/** The stretch before it was clipped to the range. */
function whole(
  { kind, openedBy, closedBy, to }: Stretch,
  moments: ReadonlyMap<number, number>,
  options: TimeSpentOptions,
): { from: number; to: number } {
  const from = moments.get(openedBy)!;
  const end = closedBy === null ? to : moments.get(closedBy)!;
  return { from, to: kind === "uncertain" ? Math.min(end, from + maxSessionMs(options)) : end };
}

function crossesMidnight({ from, to }: { from: number; to: number }, zone: IanaZone): boolean {
  return localDateOf(from, zone) !== localDateOf(to - 1, zone);
}

function unite(stretches: readonly Stretch[]): DaySpan[] {
  const spansOf = (wanted: StretchKind) =>
    unionIntervals(stretches.flatMap(({ kind, from, to }) => (kind === wanted ? [from, to] : [])));
  const active = spansOf("active");
  const locked = minusIntervals(spansOf("locked"), active);
  const uncertain = minusIntervals(minusIntervals(spansOf("uncertain"), active), locked);
  const united = { active, locked, uncertain };
  return STRETCH_KINDS.flatMap((kind) => pairs(kind, united[kind])).toSorted((a, b) => a.from - b.from);
}

function pairs(kind: StretchKind, flat: readonly number[]): DaySpan[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => ({
    kind,
    from: flat[2 * index]!,
    to: flat[2 * index + 1]!,
  }));
}
