import type { TablePager } from "@/components/data-table/data-table-footer";
import type { ListUrl } from "./use-list-url";

/** A pager for lists whose pages have numbers, from 1; none for a single page. */
export function numberedPager(
  { page, pageCount }: { page: number; pageCount: number },
  url: ListUrl,
): TablePager | undefined {
  if (pageCount === 1) return undefined;
  return {
    previous: page > 1 ? { href: url.href({ page: page === 2 ? null : String(page - 1) }) } : undefined,
    next: page < pageCount ? { href: url.href({ page: String(page + 1) }) } : undefined,
    previousLabel: "Previous",
    nextLabel: "Next",
  };
}
