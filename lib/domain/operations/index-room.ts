/** A column of an index of fixed width. */
export interface IndexColumn {
  bytes: number;
  /** The multiple of bytes it begins at. */
  alignment: number;
}

const PAGE_BYTES = 8_192;
/** What a page of a B-tree has for its entries. */
const USABLE_BYTES = PAGE_BYTES - 24 - 16;
const ENTRY_HEAD_BYTES = 8;
const POINTER_BYTES = 4;
/** Pages above the leaves, as a share of these. */
const INNER_SHARE = 0.01;

/** Smaller savings are not worth a rebuild. */
const LEAST_BYTES = 2 ** 19;
/** By so much of its full room an index may be larger. */
const LEAST_SHARE = 0.1;

/** The bytes of a B-tree of so many rows whose leaves have no room left. */
export function fullIndexBytes(rows: number, columns: readonly IndexColumn[]): number {
  const width = columns.reduce((end, { bytes, alignment }) => aligned(end, alignment) + bytes, 0);
  const entry = ENTRY_HEAD_BYTES + aligned(width, 8) + POINTER_BYTES;
  const perPage = Math.floor(USABLE_BYTES / entry) - 1; // one entry is the page's upper bound
  return Math.ceil((Math.ceil(rows / perPage) + 1) * (1 + INNER_SHARE)) * PAGE_BYTES;
}

/** Whether an index takes so much more room than it would with full pages that a rebuild pays. */
export function isWorthRebuilding(bytes: number, fullBytes: number): boolean {
  return bytes - fullBytes > Math.max(LEAST_BYTES, fullBytes * LEAST_SHARE);
}

function aligned(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
