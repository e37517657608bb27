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
