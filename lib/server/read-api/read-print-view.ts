import { notFound } from "next/navigation";
import type { PrintedTable } from "@/lib/domain/reports/printed-table";
import type { CompanyScope } from "@/lib/services/access/read-access";
import { ianaZone } from "@/lib/domain/zones";
import { cellTexts, wordColumns, type CellTexts } from "@/lib/export/word-cells";
import { recordReportExport } from "@/lib/services/audit/record-report-export";
import { readOr404, requireCompany, type CompanyView } from "../guards";
import { getReader } from "../texts/words";
import { readInQueue, type Refused } from "../report-page";
import type { SearchParams } from "../search-params";
import { headingOf } from "@/lib/services/tables/heading-of";
import { permittedScope } from "@/lib/services/tables/permitted-scope";
import { pickColumns } from "@/lib/services/tables/pick-columns";
import { findTable } from "@/lib/services/tables/registry";
import type { OpenedTable, TableSource } from "@/lib/services/tables/table-source";

const MOST_ROWS = 5_000;

/**
 * Every row of a table for printing, up to 5,000, read in its turn; why there are none comes as a refusal.
 *
 * 404 for a company the user may not see and for a table that does not exist. Audited like a file.
 */
export async function readPrintView(
  params: Promise<{ company: string; table: string }>,
  searchParams: SearchParams,
): Promise<PrintedTable | Refused> {
  const view = await requireCompany(params);
  const source = findTable((await params).table);
  if (!source) notFound();
  const query = queryOf(searchParams);
  const scope = await readOr404(view, async () => permittedScope(source, view.scope, view.access.actor));
  return readInQueue({ ...view, scope }, (own, signal) => readView(view, source, query, own, signal));
}

async function readView(
  view: CompanyView,
  source: TableSource,
  query: URLSearchParams,
  scope: CompanyScope,
  gone: AbortSignal | undefined,
): Promise<PrintedTable> {
  const asked = query.get("columns") ?? undefined;
  query.delete("columns");
  const { company, access } = view;
  const abort = new AbortController();
  const signal = gone ? AbortSignal.any([gone, abort.signal]) : abort.signal;
  const now = Date.now();
  try {
    const opened = source.open({
      scope,
      params: query,
      viewZone: ianaZone(view.timeZone),
      actor: access.actor,
      companyNames: company ? null : new Map(access.companies.map(({ id, name }) => [id, name])),
      now,
      signal,
    });
    const table = pickColumns(opened, asked, true);
    const reader = await getReader();
    const heading = await headingOf(source, table, { company, now, reader });
    const textsOf = cellTexts(table.columns, heading, reader);
    await recordReportExport(view.auditActor, scope, {
      report: source.name,
      format: "print",
      query: query.toString(),
    });
    const rows = await readRows(table, textsOf);
    const isCut = rows.length > MOST_ROWS;
    return {
      title: heading.title,
      lines: heading.lines,
      columns: wordColumns(table.columns, reader),
      rows: rows.slice(0, MOST_ROWS),
      totals: isCut ? [] : (table.totals?.() ?? []).map(textsOf),
      hasTickBoxes: source.hasTickBoxes ?? false,
      isCut,
    };
  } finally {
    abort.abort();
  }
}

/** The rows as text, a few more than may be shown where there are more. */
async function readRows(table: OpenedTable, textsOf: CellTexts): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of table.batches()) {
    for (const cells of batch) rows.push(textsOf(cells));
    if (rows.length > MOST_ROWS) break;
  }
  return rows;
}

function queryOf(searchParams: SearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    for (const text of [value ?? []].flat()) query.append(name, text);
  }
  return query;
}
