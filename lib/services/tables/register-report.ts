import { z } from "zod";
import type { Report, ReportAsk, ReportView, TotalsRow } from "@/lib/domain/reports/report";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import type { Cells, ColumnHead, ReportColumn } from "@/lib/domain/reports/report-table";
import { ianaZone } from "@/lib/domain/zones";
import type { CompanyScope } from "@/lib/services/access/read-access";
import { nameQueryFilters } from "@/lib/services/reports/name-filters";
import { invalid, parseQuery, rangeOf } from "./parse-params";
import { subjectsInWords } from "./subjects-in-words";
import { shortBatches } from "./short-batches";
import type { OpenedTable, TableAsk, TableSource } from "./table-source";

/**
 * Gives a report's rows in the report's order: all at once, or batch by batch where they may be many (a batch of
 * no more than some thousand rows, so that writing one blocks no others).
 */
export type ReportService<Query extends ReportQuery, Row> = (
  scope: CompanyScope,
  ask: ReportAsk<Query>,
) => AsyncIterable<readonly Row[]> | Promise<readonly Row[]>;

const ROWS_AT_ONCE = 2_000;

/** Joins a report with the service that reads its rows, so that it can be asked for as JSON and as files. */
export function registerReport<Query extends ReportQuery, Row>(
  report: Report<Query, Row>,
  service: ReportService<Query, Row>,
): TableSource {
  const { name, title, apiSummary, screen, needs, action, isForPeople } = report;
  return {
    name,
    title,
    apiSummary,
    screen,
    needs,
    hasRange: report.range === undefined,
    action,
    isForPeople,
    query: report.query,
    hasTickBoxes: report.hasTickBoxes,
    isPaged: false,
    describeColumns: () => describeColumns(report),
    open: (ask) => openReport(report, service, ask),
  };
}

function openReport<Query extends ReportQuery, Row>(
  report: Report<Query, Row>,
  service: ReportService<Query, Row>,
  { scope, params, viewZone, actor, companyNames, now, signal }: TableAsk,
): OpenedTable {
  const query = parseQuery(report.query, params);
  const zone = query.tz === undefined ? viewZone : ianaZone(query.tz);
  const range = (report.range ?? rangeOf)(query, now, zone);
  const columns = report.columns(query, { isManyCompanies: companyNames !== null });
  const ask: ReportAsk<Query> = { query, range, zone, now, actor, signal };
  let given: readonly Row[] = [];
  const { totals } = report;
  return {
    columns,
    zone,
    range,
    filterWords: async () => [
      ...(await nameQueryFilters(scope, query)),
      ...(report.filterWords?.(query) ?? []),
    ],
    batches: () => {
      const batches = cellBatches(
        columns,
        () => {
          assertNamed(report, query);
          return service(scope, ask);
        },
        (rows) => {
          given = rows;
        },
      );
      return shortBatches(batches, signal);
    },
    ...(totals && { totals: () => totalCells(columns, given.length > 0 ? totals(given, query) : []) }),
  };
}

function assertNamed<Query extends ReportQuery, Row>({ needs }: Report<Query, Row>, query: Query): void {
  if (!needs || needs.some((name) => query[name] !== undefined)) return;
  throw invalid([{ field: needs[0]!, message: `is missing; give the ID of ${subjectsInWords(needs)}` }]);
}

async function* cellBatches<Row>(
  columns: readonly ReportColumn<Row>[],
  read: () => AsyncIterable<readonly Row[]> | Promise<readonly Row[]>,
  onRows: (rows: readonly Row[]) => void,
): AsyncGenerator<readonly Cells[]> {
  const cells = (row: Row) => columns.map((column) => column.value(row));
  // Starts here, so that nothing is read unless the first batch is requested.
  const rows = read();
  if (Symbol.asyncIterator in rows) {
    for await (const batch of rows) yield batch.map(cells);
    return;
  }
  const all = await rows;
  onRows(all);
  for (let start = 0; start < all.length; start += ROWS_AT_ONCE) {
    yield all.slice(start, start + ROWS_AT_ONCE).map(cells);
  }
}

/** Rows of totals as cells; a column that they say nothing of stays empty. */
function totalCells(columns: readonly ColumnHead[], totals: readonly TotalsRow[]): Cells[] {
  return totals.map((values) => columns.map(({ id }) => values[id] ?? null));
}

/** Every column of any view and any choice of the report's own parameters, found by trying each choice once. */
function describeColumns<Query extends ReportQuery, Row>(
  report: Report<Query, Row>,
): { column: ColumnHead; isAlways: boolean }[] {
  const views: ReportView[] = [{ isManyCompanies: true }, { isManyCompanies: false }];
  const variants = queriesOfEachChoice(report.query).flatMap((query) =>
    views.map((view) => report.columns(query, view)),
  );
  const found = new Map<string, ColumnHead>();
  for (const column of variants.flat()) if (!found.has(column.id)) found.set(column.id, column);
  return [...found.values()].map((column) => ({
    column,
    isAlways: !column.isFileOnly && variants.every((columns) => columns.some(({ id }) => id === column.id)),
  }));
}

function queriesOfEachChoice<Query>(schema: z.ZodObject & z.ZodType<Query>): Query[] {
  const choices = Object.entries(schema.shape).flatMap(([name, type]) => {
    const options = enumOptions(type as z.ZodType);
    return options.map((option) => ({ [name]: option }));
  });
  return [{}, ...choices].flatMap((params) => {
    const parsed = schema.safeParse(params);
    return parsed.success ? [parsed.data as Query] : [];
  });
}

function enumOptions(type: z.ZodType): string[] {
  let inner: unknown = type;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
    inner = inner.unwrap();
  }
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}
