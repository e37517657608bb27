import type { BlockHead } from "./block-reader";
import type { SummedBlock, SummedBlocks } from "./day-totals";

const WIDTH = 14;
const BLOCKS_PER_SHEET = 4_096;

/** A block of stored time whose tokens may be asked for; it reads the numbers of one after another where they lie. */
export class ListedBlock implements SummedBlock {
  #sheet = new Float64Array(WIDTH);
  #cell = 0;

  moveTo(sheet: Float64Array<ArrayBuffer>, cell: number): this {
    this.#sheet = sheet;
    this.#cell = cell;
    return this;
  }

  get start(): number {
    return this.#sheet[this.#cell]!;
  }

  get end(): number {
    return this.#sheet[this.#cell + 1]!;
  }

  get day(): number {
    return this.#sheet[this.#cell + 2]!;
  }

  /** The number of the part of stored time that holds its tokens. */
  get part(): number {
    return this.#sheet[this.#cell + 3]!;
  }

  get activeSince(): number {
    return this.#sheet[this.#cell + 4]!;
  }

  get activeMs(): number {
    return this.#sheet[this.#cell + 5]!;
  }

  get lockedMs(): number {
    return this.#sheet[this.#cell + 6]!;
  }

  get uncertainMs(): number {
    return this.#sheet[this.#cell + 7]!;
  }

  get sessions(): number {
    return this.#sheet[this.#cell + 8]!;
  }

  get firstStart(): number {
    return this.#sheet[this.#cell + 9]!;
  }

  get lastStop(): number {
    return this.#sheet[this.#cell + 10]!;
  }

  get detailFrom(): number {
    return this.#sheet[this.#cell + 11]!;
  }

  get detailEnd(): number {
    return this.#sheet[this.#cell + 12]!;
  }

  /** The number of the seat it is of. */
  get seat(): number {
    return this.#sheet[this.#cell + 13]!;
  }
}

/**
 * Blocks as rows of numbers, on sheets that never grow: as objects, or in a growing list for each seat, those of a year
 * would keep the garbage collector busy.
 */
export class BlockTable {
  readonly #sheets: Float64Array<ArrayBuffer>[] = [];
  readonly #block = new ListedBlock();
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

  /** What it gives changes with the next call. */
  at(number: number): Readonly<ListedBlock> {
    const sheet = this.#sheets[Math.floor(number / BLOCKS_PER_SHEET)]!;
    return this.#block.moveTo(sheet, (number % BLOCKS_PER_SHEET) * WIDTH);
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
    return this.#table.at(this.#numbers[index]!);
  }

  /** Takes away the blocks that are among the given ones, and gives their numbers. */
  take(numbers: ReadonlySet<number>): number[] {
    if (numbers.size === 0) return [];
    const taken = this.#numbers.filter((number) => numbers.has(number));
    if (taken.length > 0) this.#numbers = this.#numbers.filter((number) => !numbers.has(number));
    return taken;
  }
}
