import { zoneCalendar } from "../zone-calendar";
import { BlockList, BlockTable } from "./block-list";
import { eachHead, eachToken, type BlockHead } from "./block-reader";
import { readCarry } from "./block-writer";
import { firstRelevantAt, maxSessionMs, openEnd } from "./compute-stretches";
import type { SeatRecord } from "./day-totals";
import { meetingOthers, type PlacedTime } from "./overlaps";
import type { PassingToken } from "./block-tokens";
import { DayCursor } from "./day-cursor";
import { isProven, STRETCH_KINDS, type Seat, type StretchKind, type StretchMachine } from "./stretch-machine";
import type { TimeSpentOptions } from "./time-spent-row";

/** Some of a computer's stored time, with the heads of its blocks; the same object names it to the end. */
export interface StoredPart {
  computerId: number;
  heads: Uint8Array;
  /** What began before was deleted since, so it does not count; epoch milliseconds, null where nothing was. */
  floor: number | null;
}

export interface TalliedSeat {
  accountId: number;
  computerId: number;
  record: SeatRecord;
}

interface TallySink {
  noteStretch(seat: Seat, kind: StretchKind, from: number, to: number): void;
  noteEvent(seat: Seat, isStart: boolean, at: number): void;
  recordOf(seat: Seat): SeatRecord;
  /** By seat; with holes. */
  seats: readonly TalliedSeat[];
}

/** The blocks of a seat: those counted by their sums, and the numbers of those that count by their tokens. */
interface SeatBlocks {
  seat: Seat;
  summed: BlockList;
  opened: number[];
}

/** What is known of a seat. */
interface SeatTime {
  record?: SeatRecord;
  blocks?: SeatBlocks;
}

/** What is known of a seat at some time. */
interface Item extends PlacedTime {
  /** Of a block that is counted by its sums, else -1. */
  number: number;
}

/**
 * Counts stored time as the engine would count the events it was made of: before the first event that the range may
 * depend on nothing is open, and what an event after the range ended is still going on.
 *
 * A block within a day of the range counts by its sums. The tokens of others are asked for with {@link missing}, also
 * where time on several computers overlaps.
 */
export class StoredTally {
  readonly #options: TimeSpentOptions;
  readonly #machine: StretchMachine;
  readonly #accountIds: ReadonlySet<number> | null;
  readonly #sink: TallySink;
  readonly #day: DayCursor;
  readonly #longestMs: number;
  /** Of the part that is being counted: from when on starts are known, and from when on events count. */
  #first = NaN;
  #from = NaN;
  /** By seat; with holes. */
  readonly #blocks: SeatBlocks[] = [];
  readonly #table = new BlockTable();
  readonly #parts: StoredPart[] = [];
  /** The numbers of the blocks that count by their tokens. */
  readonly #opened = new Map<StoredPart, number[]>();

  constructor(
    options: TimeSpentOptions,
    machine: StretchMachine,
    accountIds: readonly number[] | null,
    sink: TallySink,
  ) {
    this.#options = options;
    this.#machine = machine;
    this.#accountIds = accountIds && new Set(accountIds);
    this.#sink = sink;
    this.#day = new DayCursor(zoneCalendar(options.timeZone));
    this.#longestMs = maxSessionMs(options);
  }

  /** Takes a part of a computer's time, parts by time; gives how many blocks it has. */
  add(part: StoredPart): number {
    this.#begin(part.floor);
    this.#parts.push(part);
    let count = 0;
    const isAsked = (accountId: number) => {
      count += 1;
      return this.#accountIds === null || this.#accountIds.has(accountId);
    };
    eachHead(
      part.heads,
      (head) => {
        if (!isAsked(head.accountId)) return;
        this.#block(this.#machine.seat(head.accountId, part.computerId), head);
      },
      (accountId, token) => {
        if (isAsked(accountId)) this.#token(this.#machine.seat(accountId, part.computerId), token);
      },
    );
    return count;
  }

  /** Takes what the last part before the end of the range left open; the computer's further events go on from there. */
  open({ computerId, floor }: Omit<StoredPart, "heads">, carry: Uint8Array): void {
    this.#begin(floor);
    readCarry(carry, (accountId, state, since, activeSince) => {
      if (since >= this.#options.to) return;
      if (this.#accountIds !== null && !this.#accountIds.has(accountId)) return;
      const seat = this.#machine.seat(accountId, computerId);
      if (state === "active" && since >= this.#from) this.#sink.noteEvent(seat, true, since);
      if (activeSince >= this.#first)
        this.#machine.restore(accountId, computerId, { state, since, activeSince });
    });
  }

  /** The parts whose details {@link fill} needs; ask when all events have been counted. */
  missing(): StoredPart[] {
    const byAccount = new Map<number, SeatTime[]>();
    for (const { index, accountId } of this.#machine.seats()) {
      const record = this.#sink.seats[index]?.record;
      const blocks = this.#blocks[index];
      if (record === undefined && blocks === undefined) continue;
      const others = byAccount.get(accountId);
      const own = { ...(record && { record }), ...(blocks && { blocks }) };
      if (others === undefined) byAccount.set(accountId, [own]);
      else others.push(own);
    }
    for (const seats of byAccount.values()) if (seats.length > 1) this.#openOverlaps(seats);
    return [...this.#opened.keys()];
  }

  /** Counts the opened blocks of a part by their tokens. */
  fill(part: StoredPart, details: Uint8Array): void {
    this.#begin(part.floor);
    for (const number of this.#opened.get(part) ?? []) {
      const block = this.#table.at(number);
      const { seat } = this.#blocks[block.seat]!;
      eachToken(details, block, (token) => this.#token(seat, token));
    }
    this.#opened.delete(part);
  }

  #begin(floor: number | null): void {
    const least = floor ?? -Infinity;
    this.#first = Math.max(firstRelevantAt(this.#options), least);
    this.#from = Math.max(this.#options.from, least);
  }

  #block(seat: Seat, head: BlockHead): void {
    const { start, end } = head;
    if (end < this.#from || start >= this.#options.to) return;
    this.#day.seek(start);
    const isWithin = start >= this.#from && end < this.#options.to && end < this.#day.end;
    const part = this.#parts.length - 1;
    const blocks = this.#blocksOf(seat);
    const number = this.#table.push(head, seat.index, this.#day.day, part);
    if (!isWithin || head.activeSince < this.#first || head.longestMs > this.#longestMs) {
      return this.#open(blocks, number, part);
    }
    blocks.summed.add(number);
    this.#sink.recordOf(seat).blocks = blocks.summed;
  }

  #blocksOf(seat: Seat): SeatBlocks {
    return (this.#blocks[seat.index] ??= { seat, summed: new BlockList(this.#table), opened: [] });
  }

  #open({ opened }: SeatBlocks, number: number, place: number): void {
    opened.push(number);
    const part = this.#parts[place]!;
    const toFill = this.#opened.get(part);
    if (toFill === undefined) this.#opened.set(part, [number]);
    else toFill.push(number);
  }

  #token(seat: Seat, { kind, from, to, isStopped, activeSince }: PassingToken): void {
    const { to: rangeEnd } = this.#options;
    if (kind === "active" || kind === "uncertain") {
      if (from >= rangeEnd) return;
      if (from >= this.#from) this.#sink.noteEvent(seat, true, from);
      // An event after the range is not known to it: the stretch is still going on.
      if (from >= this.#first && to >= rangeEnd) this.#active(seat, from, openEnd(this.#options), true);
      else if (from >= this.#first) this.#active(seat, from, to, kind === "active");
    } else if (kind === "locked" && activeSince >= this.#first && to < rangeEnd) {
      this.#sink.noteStretch(seat, "locked", from, to);
    }
    if (isStopped && to >= this.#from && to < rangeEnd) this.#sink.noteEvent(seat, false, to);
  }

  #active(seat: Seat, from: number, to: number, isEndCertain: boolean): void {
    if (to <= from) return;
    if (isProven(from, to, isEndCertain, this.#longestMs)) this.#sink.noteStretch(seat, "active", from, to);
    else this.#sink.noteStretch(seat, "uncertain", from, Math.min(to, from + this.#longestMs));
  }

  /** Blocks count by their sums only where the account was at no other computer meanwhile. */
  #openOverlaps(seats: readonly SeatTime[]): void {
    if (seats.every(({ blocks }) => blocks === undefined || blocks.summed.length === 0)) return;
    const items = seats.flatMap((seat, place) => this.#itemsOf(seat, place));
    const meeting = new Set(meetingOthers(items).map(({ number }) => number));
    for (const { blocks } of seats) {
      for (const number of blocks?.summed.take(meeting) ?? []) {
        this.#open(blocks!, number, this.#table.at(number).part);
      }
    }
  }

  #itemsOf({ record, blocks }: SeatTime, place: number): Item[] {
    const items: Item[] = [];
    for (const number of blocks?.summed.numbers ?? []) {
      const { start, end } = this.#table.at(number);
      items.push({ place, start, end, number });
    }
    for (const number of blocks?.opened ?? []) {
      const { start, end } = this.#table.at(number);
      items.push({ place, start, end, number: -1 });
    }
    for (const kind of STRETCH_KINDS) if (record !== undefined) addSpans(items, place, record.spans[kind]);
    return items;
  }
}

function addSpans(items: Item[], place: number, spans: readonly number[]): void {
  for (let index = 0; index < spans.length; index += 2) {
    items.push({ place, start: spans[index]!, end: spans[index + 1]!, number: -1 });
  }
}
