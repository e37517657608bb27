import type { TablePager } from "@/components/data-table/data-table-footer";
import type { Changes } from "./list-query";
import type { ListUrl } from "./use-list-url";

/** A pager for lists whose pages have numbers, from 1; none for a single page. */
export function numberedPager(
  { page, pageCount }: { page: number; pageCount: number },
  url: ListUrl,
): TablePager | undefined {
  if (pageCount === 1) return undefined;
  return {
    previous: page > 1 ? wayTo(url, { page: page === 2 ? null : String(page - 1) }) : undefined,
    next: page < pageCount ? wayTo(url, { page: String(page + 1) }) : undefined,
    page,
    pageCount,
  };
}

function wayTo(url: ListUrl, place: Changes) {
  return { href: url.href(place), onClick: () => url.set(place) };
}

/** How many pages back are known; before them the way back is to the first. */
const MOST_BACK = 30;
const BETWEEN = "~";

/**
 * A pager for lists that go on behind a cursor. The cursors of the pages before stand in the address too, so that each
 * page is a link, the one before included.
 */
export function cursorPager(
  url: ListUrl,
  next: string | null,
  { isByTime = false }: { isByTime?: boolean } = {},
): TablePager | undefined {
  const after = url.get("after");
  if (after === "" && next === null) return undefined;
  const back = url.get("back").split(BETWEEN).filter(Boolean);
  const page = after === "" ? 1 : Math.max(2, Number.parseInt(url.get("page"), 10) || 2);
  const way = (to: { after: string; back: string[]; page: number }) =>
    wayTo(url, { after: to.after, back: to.back.slice(-MOST_BACK).join(BETWEEN), page: String(to.page) });
  const previous = back.at(-1);
  const toPrevious = previous
    ? way({ after: previous, back: back.slice(0, -1), page: page - 1 })
    : wayTo(url, { after: null });
  return {
    isByTime,
    page,
    previous: after === "" ? undefined : toPrevious,
    next:
      next === null
        ? undefined
        : way({ after: next, back: after === "" ? [] : [...back, after], page: page + 1 }),
  };
}
