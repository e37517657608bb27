import { minusIntervals, unionIntervals } from "./intervals";
import { addKind, addSpent, type SpentMs } from "./spent-ms";
import type { DayCursor } from "./day-cursor";
import { STRETCH_KINDS, type StretchKind } from "./stretch-machine";

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
  /** What it gives changes with the next call. */
  sumsOf(index: number): Readonly<SummedBlock>;
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
  /** Infinity without a start. */
  firstStart: number;
  /** -Infinity without a pause or logoff. */
  lastStop: number;
}

interface OpenTotals extends DayTotals {
  /** The last computer counted, so that each counts once. */
  countedSeat: number;
  /** The number of the account that it is of, in the order added. */
  account: number;
}

/** Where the days of an account are added up. A day counts once something is added to it. */
export interface DayBook {
  /** Whether it tells of each day on how many computers it was. */
  readonly countsComputers: boolean;
  /** Counts a day that has something to tell of the account on its computer number `seat`. */
  countDay(day: number, seat: number): void;
  /** Infinity and -Infinity for what the day has none of. */
  noteEnds(day: number, firstStart: number, lastStop: number): void;
  addBlock(block: SummedBlock, seat: number): void;
  /** A piece of active time is a session. */
  addPiece(day: number, kind: StretchKind, milliseconds: number): void;
}

/** Days of one account after the other, in the same objects: made anew, those of a company would busy the collector. */
export class DayByDay implements DayBook {
  readonly countsComputers = true;
  readonly #byDay = new Map<number, OpenTotals>();
  #ofAccount: OpenTotals[] = [];
  #account = 0;
  #recent: OpenTotals | null = null;

  countDay(day: number, seat: number): void {
    const totals = this.#at(day);
    if (totals.countedSeat === seat) return;
    totals.countedSeat = seat;
    totals.computers += 1;
  }

  noteEnds(day: number, firstStart: number, lastStop: number): void {
    const totals = this.#at(day);
    if (firstStart < totals.firstStart) totals.firstStart = firstStart;
    if (lastStop > totals.lastStop) totals.lastStop = lastStop;
  }

  addBlock(block: SummedBlock, seat: number): void {
    this.countDay(block.day, seat);
    const totals = this.#at(block.day);
    addSpent(totals, block);
    totals.sessions += block.sessions;
    this.noteEnds(block.day, block.firstStart, block.lastStop);
  }

  addPiece(day: number, kind: StretchKind, milliseconds: number): void {
    const totals = this.#at(day);
    addKind(totals, kind, milliseconds);
    if (kind === "active") totals.sessions += 1;
  }

  /** The days of the account in no particular order, to be read before the next account's are added, which begins then. */
  take(): readonly Readonly<DayTotals>[] {
    const days = this.#ofAccount;
    this.#ofAccount = [];
    this.#account += 1;
    this.#recent = null;
    return days;
  }

  #at(day: number): OpenTotals {
    if (this.#recent !== null && this.#recent.day === day) return this.#recent;
    const totals = this.#byDay.get(day) ?? this.#make(day);
    if (totals.account !== this.#account) this.#begin(totals);
    this.#recent = totals;
    return totals;
  }

  #make(day: number): OpenTotals {
    const totals = {
      day,
      activeMs: 0,
      lockedMs: 0,
      uncertainMs: 0,
      sessions: 0,
      computers: 0,
      firstStart: Infinity,
      lastStop: -Infinity,
      countedSeat: -1,
      account: -1,
    };
    this.#byDay.set(day, totals);
    return totals;
  }

  #begin(totals: OpenTotals): void {
    totals.activeMs = 0;
    totals.lockedMs = 0;
    totals.uncertainMs = 0;
    totals.sessions = 0;
    totals.computers = 0;
    totals.firstStart = Infinity;
    totals.lastStop = -Infinity;
    totals.countedSeat = -1;
    totals.account = this.#account;
    this.#ofAccount.push(totals);
  }
}

function eachSpanPiece(
  cursor: DayCursor,
  spans: readonly number[],
  visit: (day: number, milliseconds: number) => void,
): void {
  for (let index = 0; index < spans.length; index += 2) {
    const end = spans[index + 1]!;
    for (let start = spans[index]!; start < end; start = cursor.end) {
      cursor.seek(start);
      visit(cursor.day, Math.min(cursor.end, end) - start);
    }
  }
}

function countDays(book: DayBook, record: SeatRecord, seat: number, cursor: DayCursor): void {
  record.days.forEach((day, index) => {
    book.countDay(day, seat);
    book.noteEnds(day, record.firstStarts[index]!, record.lastStops[index]!);
  });
  const { blocks } = record;
  for (let index = 0; blocks !== null && index < blocks.length; index += 1) {
    book.addBlock(blocks.sumsOf(index), seat);
  }
  if (!book.countsComputers) return;
  for (const kind of STRETCH_KINDS) {
    eachSpanPiece(cursor, record.spans[kind], (day) => book.countDay(day, seat));
  }
}

/** The spans of one kind over all seats; a single seat's are returned as they are. */
function gather(records: readonly SeatRecord[], kind: StretchKind): readonly number[] {
  const [first, ...others] = records.map(({ spans }) => spans[kind]);
  return others.length === 0 ? first! : first!.concat(...others);
}

/**
 * Adds up the days of one account over the given computers.
 *
 * Active time is the union over computers; locked is what is not active, uncertain what is neither.
 */
export function addUpDays(book: DayBook, records: readonly SeatRecord[], cursor: DayCursor): void {
  records.forEach((record, seat) => countDays(book, record, seat, cursor));
  const active = unionIntervals(gather(records, "active"));
  const locked = minusIntervals(unionIntervals(gather(records, "locked")), active);
  const uncertain = minusIntervals(
    minusIntervals(unionIntervals(gather(records, "uncertain")), active),
    locked,
  );
  const spans = { active, locked, uncertain };
  for (const kind of STRETCH_KINDS) {
    eachSpanPiece(cursor, spans[kind], (day, milliseconds) => book.addPiece(day, kind, milliseconds));
  }
}
