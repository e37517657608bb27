import type { Placed } from "@/db/queries/fleet/keyset";
import type { CompanyScope } from "@/db/scope";
import { decodeSortCursor, encodeSortCursor, type SortCursor } from "@/lib/domain/list-page";
import type { AppError } from "@/lib/errors";
import { invalid } from "../tables/parse-params";
import type { RowPage } from "./row-page";

/** The place a cursor stands for; null for the beginning. @throws AppError `invalid` for a cursor of another list. */
export function readCursor(after: string | null, sort: string, scope: CompanyScope): SortCursor | null {
  if (after === null) return null;
  const cursor = decodeSortCursor(after, sort);
  if (cursor && scope.companyIds.includes(cursor.companyId)) return cursor;
  throw wrongCursor();
}

/** For a program that reads a list page by page. */
export function wrongCursor(): AppError {
  const message = "isn't a cursor of this list in this order; start again without it";
  return invalid([{ field: "after", message }]);
}

/** What a word such as "-name" of the address asks for: one of `sorts`, and whether it descends. */
export function sortOf<Sort extends string>(word: string, sorts: readonly Sort[]) {
  const isDescending = word.startsWith("-");
  return { by: sorts.find((sort) => sort === word.slice(isDescending ? 1 : 0))!, isDescending };
}

/** The first `limit` of the rows found, and where to go on when there were more. */
export function pageOf<Row extends { companyId: number; id: number }>(
  found: readonly Placed<Row>[],
  limit: number,
  sort: string,
): RowPage<Row> {
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    rows: page.map(({ row }) => row),
    next: last ? encodeSortCursor(sort, { ...last.row, key: last.sortKey }) : null,
  };
}
