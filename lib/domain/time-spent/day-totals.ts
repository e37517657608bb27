import { minusIntervals, unionIntervals } from "./intervals";
import { addSpent, NOTHING_SPENT, type SpentMs } from "./spent-ms";
import { eachDayPiece, type DayCursor } from "./split-at-midnights";
import type { StretchKind } from "./stretch-machine";

/** What one account did on one computer; local days numbered from 1970-01-01, instants in epoch milliseconds. */
export interface SeatRecord {
  /** Spans by kind, flat, clipped to the range. */
  readonly spans: Readonly<Record<StretchKind, number[]>>;
  /** Days with a start, pause or logoff in the range; beside each its earliest start and its latest pause or logoff. */
  readonly days: number[];
  /** Infinity where the day has none. */
  readonly firstStarts: number[];
  /** -Infinity where the day has none. */
  readonly lastStops: number[];
  /** What is known by its sums; apart from all spans and other blocks of the account. */
  blocks: SummedBlocks | null;
}

/** Blocks by their place, from 0. */
export interface SummedBlocks {
  readonly length: number;
  at(index: number): SummedBlock;
}

/** A block of a seat's time that lies within one day of the range. */
export interface SummedBlock extends SpentMs {
  day: number;
  sessions: number;
  /** Infinity without a start. */
  firstStart: number;
  /** -Infinity without a pause or logoff. */
  lastStop: number;
}

/** One day of an account over some of its computers. */
export interface DayTotals extends SpentMs {
  day: number;
  sessions: number;
  computers: number;
  firstLogon: number | null;
  lastLogoff: number | null;
}

/** The totals of one account over all its days. */
export type RangeTotals = SpentMs & Pick<DayTotals, "sessions" | "firstLogon" | "lastLogoff">;

/** Adds up days, in any order; sessions are those of the days. */
export function totalOverDays(days: readonly DayTotals[]): RangeTotals {
  const total: RangeTotals = {
    ...NOTHING_SPENT,
    sessions: 0,
    firstLogon: null,
    lastLogoff: null,
  };
  for (const day of days) {
    addSpent(total, day);
    total.sessions += day.sessions;
    if (day.firstLogon !== null) total.firstLogon = Math.min(day.firstLogon, total.firstLogon ?? Infinity);
    if (day.lastLogoff !== null) total.lastLogoff = Math.max(day.lastLogoff, total.lastLogoff ?? -Infinity);
  }
  return total;
}

interface OpenTotals extends DayTotals {
  /** The last computer counted, so that each counts once. */
  countedSeat: number;
}

class DayBook {
  readonly #byDay = new Map<number, OpenTotals>();
  #recent: OpenTotals | null = null;

  at(day: number): OpenTotals {
    if (this.#recent !== null && this.#recent.day === day) return this.#recent;
    let totals = this.#byDay.get(day);
    if (totals === undefined) {
      totals = {
        day,
        activeMs: 0,
        lockedMs: 0,
        uncertainMs: 0,
        sessions: 0,
        computers: 0,
        firstLogon: null,
        lastLogoff: null,
        countedSeat: -1,
      };
      this.#byDay.set(day, totals);
    }
    this.#recent = totals;
    return totals;
  }

  countComputer(day: number, seat: number): OpenTotals {
    const totals = this.at(day);
    if (totals.countedSeat !== seat) {
      totals.countedSeat = seat;
      totals.computers += 1;
    }
    return totals;
  }

  all(): DayTotals[] {
    return [...this.#byDay.values()];
  }
}

function eachSpanPiece(
  cursor: DayCursor,
  spans: readonly number[],
  visit: (day: number, from: number, to: number) => void,
): void {
  for (let index = 0; index < spans.length; index += 2) {
    eachDayPiece(cursor, spans[index]!, spans[index + 1]!, visit);
  }
}

function noteEvents(book: DayBook, record: SeatRecord, seat: number): void {
  record.days.forEach((day, index) => {
    noteEnds(book.countComputer(day, seat), record.firstStarts[index]!, record.lastStops[index]!);
  });
}

function noteEnds(totals: OpenTotals, first: number, last: number): void {
  if (first !== Infinity) totals.firstLogon = Math.min(first, totals.firstLogon ?? Infinity);
  if (last !== -Infinity) totals.lastLogoff = Math.max(last, totals.lastLogoff ?? -Infinity);
}

function addBlocks(book: DayBook, record: SeatRecord, seat: number): void {
  const { blocks } = record;
  if (blocks === null) return;
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks.at(index);
    const totals = book.countComputer(block.day, seat);
    addSpent(totals, block);
    totals.sessions += block.sessions;
    noteEnds(totals, block.firstStart, block.lastStop);
  }
}

/** The spans of one kind over all seats; a single seat's are returned as they are. */
function gather(records: readonly SeatRecord[], kind: StretchKind): readonly number[] {
  if (records.length === 1) return records[0]!.spans[kind];
  const all: number[] = [];
  for (const { spans } of records) for (const at of spans[kind]) all.push(at);
  return all;
}

/**
 * Adds up the days of one account over the given computers, in no particular order of days.
 *
 * Active time is the union over computers; locked is what is not active, uncertain what is neither.
 */
export function totalByDay(records: readonly SeatRecord[], cursor: DayCursor): DayTotals[] {
  const book = new DayBook();
  records.forEach((record, seat) => {
    noteEvents(book, record, seat);
    addBlocks(book, record, seat);
    for (const kind of ["active", "locked", "uncertain"] as const) {
      eachSpanPiece(cursor, record.spans[kind], (day) => book.countComputer(day, seat));
    }
  });

  const active = unionIntervals(gather(records, "active"));
  const locked = minusIntervals(unionIntervals(gather(records, "locked")), active);
  const uncertain = minusIntervals(
    minusIntervals(unionIntervals(gather(records, "uncertain")), active),
    locked,
  );
  eachSpanPiece(cursor, active, (day, from, to) => {
    const totals = book.at(day);
    totals.activeMs += to - from;
    totals.sessions += 1;
  });
  eachSpanPiece(cursor, locked, (day, from, to) => {
    book.at(day).lockedMs += to - from;
  });
  eachSpanPiece(cursor, uncertain, (day, from, to) => {
    book.at(day).uncertainMs += to - from;
  });
  return book.all();
}
