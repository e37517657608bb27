import { isAppError } from "@/lib/errors";

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
  signal?: AbortSignal | undefined;
}

const PAGE_ROWS = 100;

/** One page of rows that are all at hand. */
export interface NumberedPage<Row> {
  rows: Row[];
  rowCount: number;
  /** From 1. */
  page: number;
  pageCount: number;
}

/** The page that an address names, 100 rows each; the first for none, the last for one beyond. */
export function numberedPage<Row>(rows: readonly Row[], asked: string): NumberedPage<Row> {
  const pageCount = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(/^[1-9]\d{0,6}$/.test(asked) ? Number(asked) : 1, pageCount);
  const start = (page - 1) * PAGE_ROWS;
  return { rows: rows.slice(start, start + PAGE_ROWS), rowCount: rows.length, page, pageCount };
}

/** Reads the page of a screen's cursor (empty: the first); a cursor of another list begins anew. */
export async function orFirstPage<Page>(
  after: string,
  readPage: (after: string | null) => Promise<Page>,
): Promise<Page> {
  if (after === "") return readPage(null);
  try {
    return await readPage(after);
  } catch (error) {
    if (isAppError(error) && error.code === "invalid") return readPage(null);
    throw error;
  }
}
