import type { SortCursor } from "@/lib/domain/list-page";

const BATCH_ROWS = 2_000;

/** Reads a keyset list to its end, each batch in a short transaction of its own. Stops when the signal is raised. */
export async function* inBatches<Row>(
  readPage: (
    after: SortCursor | null,
    limit: number,
  ) => Promise<{ rows: readonly Row[]; next: SortCursor | null }>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Row[]> {
  let after: SortCursor | null = null;
  do {
    signal?.throwIfAborted();
    const page: { rows: readonly Row[]; next: SortCursor | null } = await readPage(after, BATCH_ROWS);
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
  } while (after !== null);
}
