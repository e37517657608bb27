import { useSearchParams } from "next/navigation";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** They change how the same list is shown. */
const SAME_LIST = ["live", "columns"];

/** What of an address' query says which rows are listed. */
function rowsQuery(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of SAME_LIST) params.delete(name);
  return params.toString();
}

/**
 * Scrolls to the first row once another page or list has come. The rows would stay where they were scrolled to, as they
 * do when the same list is read again. Where the page itself scrolls, as on a phone, the browser's Back goes to the place
 * that it remembers.
 */
export function useFirstRow(frame: RefObject<HTMLElement | null>): void {
  const query = rowsQuery(useSearchParams().toString());
  const shown = useRef(query);
  /** What the browser's Back or Forward is on its way to; it may be the same rows. */
  const returning = useRef<string>(undefined);
  useEffect(() => {
    const onBack = () => {
      returning.current = rowsQuery(window.location.search);
    };
    window.addEventListener("popstate", onBack);
    return () => window.removeEventListener("popstate", onBack);
  }, []);
  useLayoutEffect(() => {
    const rows = frame.current;
    if (shown.current === query || rows === null) return;
    shown.current = query;
    rows.scrollTo(0, 0);
    const isBack = returning.current === query;
    if (!isBack && rows.getBoundingClientRect().top < 0) rows.scrollIntoView({ block: "start" });
    returning.current = undefined;
  }, [frame, query]);
}
