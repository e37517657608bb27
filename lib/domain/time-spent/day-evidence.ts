import { localDateOf, type IanaZone } from "../zones";
import { clippingMachine, countedRange, firstRelevantAt, openEnd, type Stretch } from "./compute-stretches";
import { minusIntervals, unionIntervals } from "./intervals";
import { STRETCH_KINDS, type StretchKind, type StretchMachine } from "./stretch-machine";
import type { TimeSpentOptions } from "./time-spent-row";

/** Stretches and events listed of a day: an account that programs use has thousands. */
export const MOST_LISTED = 200;

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
  /** Of each computer, clipped to the day, by time and then computer; those of one computer are its row. */
  stretches: Stretch[];
  /** Stretches of the day that are left out because they cross a midnight and the split is off. */
  leftOut: number;
}

/**
 * Gathers the stretches of an account in a part of the range (epoch milliseconds) while its events pass by, keeping
 * none of them.
 *
 * Events and options must be those of the row, whose range may be longer than the day: what lies before it decides
 * what was open when the day began.
 */
export class DayEvidenceTally {
  readonly #options: Omit<TimeSpentOptions, "groupBy">;
  readonly #firstAt: number;
  readonly #machine: StretchMachine;
  readonly #stretches: Stretch[] = [];
  #leftOut = 0;

  constructor(
    asked: Omit<TimeSpentOptions, "groupBy">,
    accountId: number,
    day: { from: number; to: number },
  ) {
    const options = countedRange(asked);
    this.#options = options;
    this.#firstAt = firstRelevantAt(options);
    this.#machine = clippingMachine(options, (stretch, whole) => {
      const from = Math.max(stretch.from, day.from);
      const to = Math.min(stretch.to, day.to);
      if (stretch.accountId !== accountId || from >= to) return;
      if (!options.splitAtMidnight && crossesMidnight(whole, options.timeZone)) this.#leftOut += 1;
      else this.#stretches.push({ ...stretch, from, to });
    });
  }

  /** Takes the next event; those of one computer come by time (epoch milliseconds) and then order received. */
  add(accountId: number, computerId: number, kindCode: number, at: number, order: number): void {
    if (at >= this.#firstAt && at < this.#options.to)
      this.#machine.accept(accountId, computerId, kindCode, at, order);
  }

  /** Call it once, after the last event. */
  finish(): DayEvidence {
    this.#machine.close(openEnd(this.#options));
    const stretches = this.#stretches.toSorted((a, b) => a.from - b.from || a.computerId - b.computerId);
    return { united: unite(stretches), stretches, leftOut: this.#leftOut };
  }
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

/** The spans widened to whole units (milliseconds) within the day, so that a kind has no more than the day has units. */
export function widenedTo(
  unit: number,
  spans: readonly DaySpan[],
  day: { from: number; to: number },
): DaySpan[] {
  return STRETCH_KINDS.flatMap((wanted) => {
    const widened = spans.flatMap(({ kind, from, to }) =>
      kind === wanted
        ? [Math.max(Math.floor(from / unit) * unit, day.from), Math.min(Math.ceil(to / unit) * unit, day.to)]
        : [],
    );
    return pairs(wanted, unionIntervals(widened));
  });
}

function pairs(kind: StretchKind, flat: readonly number[]): DaySpan[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => ({
    kind,
    from: flat[2 * index]!,
    to: flat[2 * index + 1]!,
  }));
}
