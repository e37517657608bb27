import type { BlockHead } from "./block-reader";
import type { SummedBlock } from "./day-totals";

/** A block of stored time whose tokens may be asked for. */
export interface ListedBlock extends SummedBlock, Omit<BlockHead, "accountId" | "longestMs"> {
  /** The number of the part of stored time that holds its tokens. */
  part: number;
}

const WIDTH = 13;

/** Blocks as rows of numbers: as objects, those of a year would keep the garbage collector busy. */
export class BlockList {
  readonly #cells: number[] = [];

  get length(): number {
    return this.#cells.length / WIDTH;
  }

  push(block: Omit<ListedBlock, "day" | "part">, day: number, part: number): void {
    this.#cells.push(
      // First, so that the list holds floating-point numbers from the beginning.
      block.start,
      block.end,
      day,
      part,
      block.activeSince,
      block.activeMs,
      block.lockedMs,
      block.uncertainMs,
      block.sessions,
      block.firstStart,
      block.lastStop,
      block.detailFrom,
      block.detailEnd,
    );
  }

  startOf(index: number): number {
    return this.#cells[index * WIDTH]!;
  }

  endOf(index: number): number {
    return this.#cells[index * WIDTH + 1]!;
  }

  at(index: number): ListedBlock {
    const cell = (offset: number) => this.#cells[index * WIDTH + offset]!;
    return {
      start: cell(0),
      end: cell(1),
      day: cell(2),
      part: cell(3),
      activeSince: cell(4),
      activeMs: cell(5),
      lockedMs: cell(6),
      uncertainMs: cell(7),
      sessions: cell(8),
      firstStart: cell(9),
      lastStop: cell(10),
      detailFrom: cell(11),
      detailEnd: cell(12),
    };
  }
}
