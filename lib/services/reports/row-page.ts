/** A part of a list that is read piece by piece. */
export interface RowPage<Row> {
  rows: readonly Row[];
  /** An opaque cursor for what follows; null at the end. */
  next: string | null;
}

export interface RowPageAsk {
  /** The cursor of the page before; null from the beginning. */
  after: string | null;
  limit: number;
  signal?: AbortSignal;
}
