import type { BlockHead } from "./block-reader";
import type { SummedBlock, SummedBlocks } from "./day-totals";

/** A block of stored time whose tokens may be asked for. */
export interface ListedBlock extends Pick<
  BlockHead,
  "start" | "end" | "activeSince" | "detailFrom" | "detailEnd"
> {
  /** The number of the seat it is of. */
  seat: number;
  /** The number of the part of stored time that holds its tokens. */
  part: number;
}

const WIDTH = 14;
const BLOCKS_PER_SHEET = 4_096;

/**
 * Blocks as rows of numbers, on sheets that never grow: as objects, or in a growing list for each seat, those of a year
 * would keep the garbage collector busy.
 */
export class BlockTable {
  readonly #sheets: Float64Array[] = [];
  readonly #sums: SummedBlock = {
    day: 0,
    activeMs: 0,
    lockedMs: 0,
    uncertainMs: 0,
    sessions: 0,
    firstStart: 0,
    lastStop: 0,
  };
  #count = 0;

  /** Gives the number of the block. */
  push(block: Omit<BlockHead, "accountId" | "longestMs">, seat: number, day: number, part: number): number {
    const number = this.#count;
    if (number % BLOCKS_PER_SHEET === 0) this.#sheets.push(new Float64Array(BLOCKS_PER_SHEET * WIDTH));
    const sheet = this.#sheets.at(-1)!;
    const cell = (number % BLOCKS_PER_SHEET) * WIDTH;
    sheet[cell] = block.start;
    sheet[cell + 1] = block.end;
    sheet[cell + 2] = day;
    sheet[cell + 3] = part;
    sheet[cell + 4] = block.activeSince;
    sheet[cell + 5] = block.activeMs;
    sheet[cell + 6] = block.lockedMs;
    sheet[cell + 7] = block.uncertainMs;
    sheet[cell + 8] = block.sessions;
    sheet[cell + 9] = block.firstStart;
    sheet[cell + 10] = block.lastStop;
    sheet[cell + 11] = block.detailFrom;
    sheet[cell + 12] = block.detailEnd;
    sheet[cell + 13] = seat;
    this.#count += 1;
    return number;
  }

  at(number: number): ListedBlock {
    const sheet = this.#sheetOf(number);
    const cell = (number % BLOCKS_PER_SHEET) * WIDTH;
    return {
      start: sheet[cell]!,
      end: sheet[cell + 1]!,
      part: sheet[cell + 3]!,
      activeSince: sheet[cell + 4]!,
      detailFrom: sheet[cell + 11]!,
      detailEnd: sheet[cell + 12]!,
      seat: sheet[cell + 13]!,
    };
  }

  /** What it gives changes with the next call. */
  sumsOf(number: number): Readonly<SummedBlock> {
    const sheet = this.#sheetOf(number);
    const cell = (number % BLOCKS_PER_SHEET) * WIDTH;
    const sums = this.#sums;
    sums.day = sheet[cell + 2]!;
    sums.activeMs = sheet[cell + 5]!;
    sums.lockedMs = sheet[cell + 6]!;
    sums.uncertainMs = sheet[cell + 7]!;
    sums.sessions = sheet[cell + 8]!;
    sums.firstStart = sheet[cell + 9]!;
    sums.lastStop = sheet[cell + 10]!;
    return sums;
  }

  #sheetOf(number: number): Float64Array {
    return this.#sheets[Math.floor(number / BLOCKS_PER_SHEET)]!;
  }
}

/** Some blocks of a table. */
export class BlockList implements SummedBlocks {
  readonly #table: BlockTable;
  /** Of the blocks in the table. */
  #numbers: number[] = [];

  constructor(table: BlockTable) {
    this.#table = table;
  }

  get length(): number {
    return this.#numbers.length;
  }

  get numbers(): readonly number[] {
    return this.#numbers;
  }

  add(number: number): void {
    this.#numbers.push(number);
  }

  sumsOf(index: number): Readonly<SummedBlock> {
    return this.#table.sumsOf(this.#numbers[index]!);
  }

  /** Takes away the blocks that are among the given ones, and gives their numbers. */
  take(numbers: ReadonlySet<number>): number[] {
    if (numbers.size === 0) return [];
    const taken = this.#numbers.filter((number) => numbers.has(number));
    if (taken.length > 0) this.#numbers = this.#numbers.filter((number) => !numbers.has(number));
    return taken;
  }
}
