import type { SourceKind } from "./source";

const QUOTES: Readonly<Record<SourceKind, readonly [string, string]>> = {
  sqlite: ['"', '"'],
  postgresql: ['"', '"'],
  mysql: ["`", "`"],
  mssql: ["[", "]"],
};

export interface PageQuery {
  table: string;
  columns: readonly string[];
  /** Columns that hold times, which come as the text the database keeps, not as a driver's idea of an instant. */
  timeColumns: readonly string[];
  /** Columns of free text, which SQLite may have kept with a NUL inside. */
  textColumns: readonly string[];
  /** Rows after this id, in the order of ids. */
  afterId: number;
  limit: number;
}

/** The query for one page of a table in the order of ids, in the database's own dialect. */
export function selectPage(
  kind: SourceKind,
  { table, columns, timeColumns, textColumns, afterId, limit }: PageQuery,
): string {
  const selected = columns.map((column) => {
    const name = quoted(kind, column);
    if (timeColumns.includes(column)) return `${timeText(kind, name)} as ${name}`;
    // As bytes: its driver ends a text at the first NUL.
    return kind === "sqlite" && textColumns.includes(column) ? `cast(${name} as blob) as ${name}` : name;
  });
  const [top, end] = kind === "mssql" ? [`top (${limit}) `, ""] : ["", ` limit ${limit}`];
  const id = quoted(kind, "id");
  return `select ${top}${selected.join(", ")} from ${quoted(kind, table)} where ${id} > ${afterId} order by ${id}${end}`;
}

export function selectCount(kind: SourceKind, table: string): string {
  return `select count(*) as ${quoted(kind, "rows")} from ${quoted(kind, table)}`;
}

function quoted(kind: SourceKind, name: string): string {
  const [open, close] = QUOTES[kind];
  return open + name + close;
}

function timeText(kind: SourceKind, column: string): string {
  if (kind === "postgresql") return `${column}::text`;
  // Style 121: 2025-03-30 01:30:00.1234567, with the offset behind it where the column keeps one.
  return kind === "mssql" ? `convert(varchar(40), ${column}, 121)` : column;
}
