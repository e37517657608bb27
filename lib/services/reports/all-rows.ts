import type { Transaction } from "@/db/client";
import { readSnapshotWithin, readWithin, type CompanyScope } from "@/db/scope";
import { runLongStatement } from "./long-statements";
import { mostRowsToRead } from "./report-bounds";
import type { RowPage, RowPageAsk } from "./row-page";

/** A page of a list whose rows change their places: read within the snapshot of all pages, if there is one. */
export interface MovingPageAsk extends RowPageAsk {
  snapshot?: Transaction | undefined;
}

/** Reads in the snapshot, else in a transaction of its own. */
export function readPageWithin<T>(
  scope: CompanyScope,
  work: (tx: Transaction) => Promise<T>,
  { snapshot, signal }: MovingPageAsk,
): Promise<T> {
  return snapshot ? work(snapshot) : readWithin(scope, work, signal);
}

interface AllRowsAsk {
  /** Rows of a page. */
  limit: number;
  signal: AbortSignal;
  /** Rows to hold at most. */
  most?: number;
}

/**
 * Every row of a list as of one moment, page by page. Between transactions, a row that is seen anew would go before the
 * place that the reading has come to and be missing, or behind it and come twice.
 *
 * All are read before the first is given, so that the snapshot, which keeps PostgreSQL from cleaning up, never waits for
 * the file's reader. Where there are more than a report may hold, the rest is read in transactions of its own.
 */
export async function* readAllRows<Row>(
  scope: CompanyScope,
  readPage: (ask: MovingPageAsk) => Promise<RowPage<Row>>,
  { limit, signal, most = mostRowsToRead() }: AllRowsAsk,
): AsyncGenerator<readonly Row[]> {
  const pages: (readonly Row[])[] = [];
  const ask = (after: string | null, snapshot?: Transaction) =>
    runLongStatement(async () => {
      // A statement under way is cancelled; nothing is between two of them.
      signal.throwIfAborted();
      return readPage({ after, limit, signal, snapshot });
    });
  let next = await readSnapshotWithin(
    scope,
    async (snapshot) => {
      let after: string | null = null;
      for (let count = 0; count < most;) {
        const page: RowPage<Row> = await ask(after, snapshot);
        pages.push(page.rows);
        count += page.rows.length;
        after = page.next;
        if (after === null) break;
      }
      return after;
    },
    signal,
  );
  yield* pages;
  while (next !== null) {
    const page = await ask(next);
    next = page.next;
    yield page.rows;
  }
}
