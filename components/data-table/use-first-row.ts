import { useSearchParams } from "next/navigation";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** They change how the same list is shown. */
const SAME_LIST = ["live", "columns"];

/**
 * Scrolls to the first row once another page or list has come. The rows would stay where they were scrolled to, as they
 * do when the same list is read again. Where the page itself scrolls, as on a phone, the browser's Back goes to the place
 * that it remembers.
 */
export function useFirstRow(frame: RefObject<HTMLElement | null>): void {
  const params = new URLSearchParams(useSearchParams());
  for (const name of SAME_LIST) params.delete(name);
  const query = params.toString();
  const shown = useRef(query);
  const isBack = useRef(false);
  useEffect(() => {
    const onBack = () => {
      isBack.current = true;
    };
    window.addEventListener("popstate", onBack);
    return () => window.removeEventListener("popstate", onBack);
  }, []);
  useLayoutEffect(() => {
    const rows = frame.current;
    if (shown.current === query || rows === null) return;
    shown.current = query;
    rows.scrollTo(0, 0);
    if (!isBack.current && rows.getBoundingClientRect().top < 0) rows.scrollIntoView({ block: "start" });
    isBack.current = false;
  }, [frame, query]);
}
