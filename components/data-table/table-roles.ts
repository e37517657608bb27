/**
 * On a phone the rows are drawn as cards, and a browser forgets what a table is once its display changes.
 * Spelled out, the roles stay.
 */
export const tableRoles = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  columnHeader: { role: "columnheader" },
  rowHeader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;
