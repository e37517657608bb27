/** Lists that stand beside the reports in the read API. */
const LISTS: ReadonlySet<string> = new Set([
  "events",
  "accounts",
  "computers",
  "notifications",
  "deliveries",
  "alerts",
  "rules",
]);

/** Kinds of files that a table can be had as, with their names for a menu. */
export const FILE_FORMATS = { csv: "CSV", xlsx: "Excel", pdf: "PDF" } as const;
export type FileFormat = keyof typeof FILE_FORMATS;

/** A PDF is laid out as a whole, in memory. Excel is bounded by its size (lib/export/spool.ts), CSV by nothing. */
export const MOST_PDF_ROWS = 10_000;

/** Parts of a screen's address that say nothing about which rows there are. */
const NOT_FILTERS = [
  "page",
  "back",
  "only",
  "company",
  "format",
  "columns",
  "bom",
  "limit",
  "after",
  "before",
  "size",
  "live",
];

/** Where the read API answers for a table. */
export function tablePath(table: string): string {
  return LISTS.has(table) ? `/api/v1/${table}` : `/api/v1/reports/${table}`;
}

export interface ExportAsk {
  /** `events`, `accounts`, `computers` or a report's name. */
  report: string;
  /** A company's id, or `all`. */
  companyRef: string;
  /** The screen's query string with its filters; what only pages through it is left out. */
  query: string;
  /** The shown columns in their order, by the ids they have in the read API; all usual ones when absent. */
  columns?: readonly string[];
}

/** The address of a file with every row that the filters select. */
export function fileAddress({ report, companyRef, query, columns }: ExportAsk, format: FileFormat): string {
  const params = filterParams(query);
  params.set("company", companyRef);
  if (columns) params.set("columns", columns.join(","));
  params.set("format", format);
  return `${tablePath(report)}?${params}`;
}

/** A list with files of its own, beside the read API. */
export interface OwnExportAsk {
  /** Where the list's files are. */
  path: string;
  /** The screen's query string with its filters; what only pages through it is left out. */
  query: string;
}

/** The address of a file of such a list, with every row that the filters select. */
export function ownFileAddress({ path, query }: OwnExportAsk, format: FileFormat): string {
  const params = new URLSearchParams(query);
  for (const name of ["after", "back", "page"]) params.delete(name);
  params.set("format", format);
  return `${path}?${params}`;
}

/** The address of the page that shows the same rows for printing. */
export function printAddress({ report, companyRef, query, columns }: ExportAsk): string {
  const params = filterParams(query);
  if (columns) params.set("columns", columns.join(","));
  return `/${companyRef}/print/${report}?${params}`;
}

/** What of a screen's query string says which rows there are and in which order. */
export function filterParams(query: string): URLSearchParams {
  const params = new URLSearchParams(query);
  for (const name of NOT_FILTERS) params.delete(name);
  return params;
}
