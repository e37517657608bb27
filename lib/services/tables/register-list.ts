import { z } from "zod";
import type { TableScreen } from "@/lib/domain/reports/report";
import type { Cells, ReportColumn, RowBatches } from "@/lib/domain/reports/report-table";
import type { TextKey } from "@/lib/domain/text";
import { ianaZone, type IanaZone } from "@/lib/domain/zones";
import { readAllRows, type MovingPageAsk } from "@/lib/services/reports/all-rows";
import type { RowPage } from "@/lib/services/reports/row-page";
import { parseParams, parseQuery } from "./parse-params";
import { runLongStatement } from "@/lib/services/reports/long-statements";
import { shortBatches } from "./short-batches";
import type { OpenedTable, TableAsk, TableSource } from "./table-source";
import { decodePlace, encodePlace } from "./walk-place";

const DEFAULT_LIMIT = 100;
const MOST_LIMIT = 1_000;
/** Small enough that making cells of one page keeps an agent's request waiting for some milliseconds only. */
const ROWS_AT_ONCE = 1_000;

/** How a list's JSON is read page by page; its files have every row. */
const pagingShape = {
  limit: z
    .string()
    .regex(/^\d{1,4}$/, `must be a whole number from 1 to ${MOST_LIMIT}`)
    .transform(Number)
    .pipe(z.number().min(1).max(MOST_LIMIT, `must be a whole number from 1 to ${MOST_LIMIT}`))
    .optional()
    .meta({ description: `Rows per page of JSON, up to ${MOST_LIMIT}. The default is ${DEFAULT_LIMIT}.` }),
  after: z.string().max(2_000).optional().meta({
    description: "The `next` value of the previous page, to continue after it.",
  }),
} as const;

type ListQuery = { tz?: string | undefined };

type ListContext<Query> = Pick<TableAsk, "scope" | "now" | "companyNames" | "signal"> & {
  query: Query;
  zone: IanaZone;
  /** What named ranges end at, epoch milliseconds: the first page's now, so that all pages are of one range. */
  rangeNow: number;
};

export interface List<Query extends ListQuery, Row> {
  name: string;
  title: TextKey;
  apiSummary: string;
  screen?: TableScreen;
  action?: TableSource["action"];
  query: z.ZodObject & z.ZodType<Query>;
  columns: (companyNames: ReadonlyMap<number, string> | null) => readonly ReportColumn<Row>[];
  /** What the query stands for, before anything is read. @throws AppError `invalid`. */
  open: (context: ListContext<Query>) => {
    range: OpenedTable["range"];
    filterWords: OpenedTable["filterWords"];
    readPage: (ask: MovingPageAsk) => Promise<RowPage<Row>>;
    /** Rows change their places while they are read, so that files are read as of one moment. */
    isMoving?: boolean;
    lines?: OpenedTable["lines"];
  };
}

/** Makes a list that is read by pages known to the read API. */
export function registerList<Query extends ListQuery, Row>(list: List<Query, Row>): TableSource {
  const { name, title, apiSummary, screen, action } = list;
  return {
    name,
    title,
    apiSummary,
    screen,
    hasRange: true,
    action,
    query: list.query.extend(pagingShape),
    isPaged: true,
    describeColumns: () => {
      const always = new Set(list.columns(null).map(({ id }) => id));
      return list.columns(new Map()).map((column) => ({ column, isAlways: always.has(column.id) }));
    },
    open: (ask) => openList(list, ask),
  };
}

function openList<Query extends ListQuery, Row>(
  list: List<Query, Row>,
  { scope, params, viewZone, companyNames, now, signal }: TableAsk,
): OpenedTable {
  const query = parseQuery(list.query, params);
  const { limit = DEFAULT_LIMIT, after = null } = parseParams(z.object(pagingShape), params);
  const zone = query.tz === undefined ? viewZone : ianaZone(query.tz);
  const columns = list.columns(companyNames);
  const cells = (row: Row): Cells => columns.map((column) => column.value(row));
  const place = after === null ? null : decodePlace(after, now);
  const rangeNow = place?.rangeNow ?? now;
  const opened = list.open({ scope, query, zone, now, rangeNow, companyNames, signal });
  const { range, filterWords, readPage, isMoving, lines } = opened;
  return {
    columns,
    zone,
    range,
    filterWords,
    lines,
    batches: () => {
      if (isMoving) {
        const rows = readAllRows(scope, readPage, { limit: ROWS_AT_ONCE, signal });
        return shortBatches(batchesOf(rows, cells), signal);
      }
      const read = (next: string | null) =>
        runLongStatement(() => readPage({ after: next, limit: ROWS_AT_ONCE, signal }));
      return shortBatches(allBatches(cells, read), signal);
    },
    page: async () => {
      const { rows, next } = await readPage({ after: place && place.cursor, limit, signal });
      const isOfRange = next !== null && range !== null;
      return { rows: rows.map(cells), next: isOfRange ? encodePlace({ cursor: next, rangeNow }) : next };
    },
  };
}

async function* batchesOf<Row>(pages: AsyncIterable<readonly Row[]>, cells: (row: Row) => Cells): RowBatches {
  for await (const rows of pages) yield rows.map(cells);
}

/** Page after page, the next one being read while the one before it is written. */
async function* allBatches<Row>(
  cells: (row: Row) => Cells,
  read: (after: string | null) => Promise<RowPage<Row>>,
): RowBatches {
  let coming = read(null);
  for (;;) {
    const { rows, next } = await coming;
    if (next !== null) {
      coming = read(next);
      // A client that stops reading never asks for it, so its failure is ignored.
      coming.catch(() => undefined);
    }
    yield rows.map(cells);
    if (next === null) return;
  }
}
