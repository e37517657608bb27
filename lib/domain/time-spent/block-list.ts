import type { BlockHead } from "./block-reader";
import type { SummedBlock } from "./day-totals";

/** A block of stored time whose tokens may be asked for. */
export interface ListedBlock extends SummedBlock, Omit<BlockHead, "accountId" | "longestMs"> {
  /** The number of the part of stored time that holds its tokens. */
  part: number;
}

const WIDTH = 13;
const FIRST_ROOM = 16;

/** Blocks as rows of numbers: as objects, those of a year would keep the garbage collector busy. */
export class BlockList {
  length = 0;
  #cells = new Float64Array(WIDTH * FIRST_ROOM);
  readonly #block: ListedBlock = {
    start: 0,
    end: 0,
    day: 0,
    part: 0,
    activeSince: 0,
    activeMs: 0,
    lockedMs: 0,
    uncertainMs: 0,
    sessions: 0,
    firstStart: 0,
    lastStop: 0,
    detailFrom: 0,
    detailEnd: 0,
  };

  push(block: Omit<ListedBlock, "day" | "part">, day: number, part: number): void {
    const cell = this.length * WIDTH;
    if (cell === this.#cells.length) this.#grow();
    const cells = this.#cells;
    cells[cell] = block.start;
    cells[cell + 1] = block.end;
    cells[cell + 2] = day;
    cells[cell + 3] = part;
    cells[cell + 4] = block.activeSince;
    cells[cell + 5] = block.activeMs;
    cells[cell + 6] = block.lockedMs;
    cells[cell + 7] = block.uncertainMs;
    cells[cell + 8] = block.sessions;
    cells[cell + 9] = block.firstStart;
    cells[cell + 10] = block.lastStop;
    cells[cell + 11] = block.detailFrom;
    cells[cell + 12] = block.detailEnd;
    this.length += 1;
  }

  startOf(index: number): number {
    return this.#cells[index * WIDTH]!;
  }

  endOf(index: number): number {
    return this.#cells[index * WIDTH + 1]!;
  }

  /** What it gives changes with the next call. */
  at(index: number): Readonly<ListedBlock> {
    const cells = this.#cells;
    const cell = index * WIDTH;
    const block = this.#block;
    block.start = cells[cell]!;
    block.end = cells[cell + 1]!;
    block.day = cells[cell + 2]!;
    block.part = cells[cell + 3]!;
    block.activeSince = cells[cell + 4]!;
    block.activeMs = cells[cell + 5]!;
    block.lockedMs = cells[cell + 6]!;
    block.uncertainMs = cells[cell + 7]!;
    block.sessions = cells[cell + 8]!;
    block.firstStart = cells[cell + 9]!;
    block.lastStop = cells[cell + 10]!;
    block.detailFrom = cells[cell + 11]!;
    block.detailEnd = cells[cell + 12]!;
    return block;
  }

  #grow(): void {
    const larger = new Float64Array(this.#cells.length * 2);
    larger.set(this.#cells);
    this.#cells = larger;
  }
}
