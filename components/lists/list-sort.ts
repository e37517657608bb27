import type { TableSort } from "@/components/data-table/column";
import type { ListUrl } from "./use-list-url";

/** The order that `sort=` of an address means: a column's id, with - before it the other way round. */
export function sortOf(word: string): TableSort {
  return word.startsWith("-")
    ? { columnId: word.slice(1), direction: "desc" }
    : { columnId: word, direction: "asc" };
}

/** The addresses of other orders. */
export function sortHrefOf(url: ListUrl) {
  return ({ columnId, direction }: TableSort) =>
    url.href({ sort: direction === "desc" ? `-${columnId}` : columnId });
}
