import type { ViewQuestion } from "@/lib/domain/reports/saved-view";
import { filterParams } from "@/lib/domain/reports/table-address";
import type { Text } from "@/lib/domain/text";
import { findTable } from "../tables/registry";

/** Whether views of the table can be saved: there is a screen that opens them. */
export function isSavable(table: string): boolean {
  return findTable(table)?.screen !== undefined;
}

/** What the table is called; the name it is stored by where this version does not know the table. */
export function savableTitle(table: string): string | Text {
  const source = findTable(table);
  return source?.screen ? { key: source.title } : table;
}

/** The address of the screen with the view's filters, order and columns; null for a table without a screen. */
export function viewHref(companyRef: string, { table, query, columns }: ViewQuestion): string | null {
  const screen = findTable(table)?.screen;
  if (!screen) return null;
  const params = new URLSearchParams({ ...screen.fixed, ...Object.fromEntries(filterParams(query)) });
  if (columns.length > 0) params.set("columns", columns.join(","));
  const words = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return `/${companyRef}/${screen.page}${words === "" ? "" : `?${words}`}`;
}
