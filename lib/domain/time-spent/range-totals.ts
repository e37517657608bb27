import { addUpDays, type DayBook, type SeatRecord, type SummedBlock } from "./day-totals";
import { addKind, addSpent, type SpentMs } from "./spent-ms";
import type { DayCursor } from "./day-cursor";
import type { StretchKind } from "./stretch-machine";

/** What one account did on some of its computers in the whole range; instants in epoch milliseconds. */
export interface RangeTotals extends SpentMs {
  /** Days with something to tell. */
  days: number;
  /** Sessions of all its days: one that crosses midnight counts on both. */
  sessions: number;
  /** Infinity without a start. */
  firstStart: number;
  /** -Infinity without a pause or logoff. */
  lastStop: number;
}

interface CountedDay extends SpentMs {
  /** The account that counted the day last. */
  account: number;
}

/** Adds up accounts over the whole range without keeping their days, which of a year would be hundreds of thousands. */
export class RangeBook implements DayBook {
  readonly countsComputers = false;
  readonly #days = new Map<number, CountedDay>();
  #account = 0;
  #total = emptyTotals();

  /** The next account's totals. */
  add(records: readonly SeatRecord[], cursor: DayCursor): RangeTotals {
    this.#account += 1;
    this.#total = emptyTotals();
    addUpDays(this, records, cursor);
    return this.#total;
  }

  /** What all accounts have of each day, in no particular order. */
  times(): ReadonlyMap<number, SpentMs> {
    return this.#days;
  }

  countDay(day: number): void {
    this.#countedDay(day);
  }

  noteEnds(_day: number, firstStart: number, lastStop: number): void {
    const total = this.#total;
    if (firstStart < total.firstStart) total.firstStart = firstStart;
    if (lastStop > total.lastStop) total.lastStop = lastStop;
  }

  addBlock(block: SummedBlock): void {
    addSpent(this.#total, block);
    addSpent(this.#countedDay(block.day), block);
    this.#total.sessions += block.sessions;
    this.noteEnds(block.day, block.firstStart, block.lastStop);
  }

  addPiece(day: number, kind: StretchKind, milliseconds: number): void {
    addKind(this.#total, kind, milliseconds);
    addKind(this.#countedDay(day), kind, milliseconds);
    if (kind === "active") this.#total.sessions += 1;
  }

  #countedDay(day: number): CountedDay {
    let counted = this.#days.get(day);
    if (counted === undefined) {
      counted = { activeMs: 0, lockedMs: 0, uncertainMs: 0, account: 0 };
      this.#days.set(day, counted);
    }
    if (counted.account !== this.#account) {
      counted.account = this.#account;
      this.#total.days += 1;
    }
    return counted;
  }
}

function emptyTotals(): RangeTotals {
  return {
    activeMs: 0,
    lockedMs: 0,
    uncertainMs: 0,
    days: 0,
    sessions: 0,
    firstStart: Infinity,
    lastStop: -Infinity,
  };
}
