import { useSearchParams } from "next/navigation";
import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Scrolls to the first row once another page or list has come. The rows would stay where they were scrolled to, as they
 * do when the same list is read again.
 */
export function useFirstRow(frame: RefObject<HTMLElement | null>): void {
  const query = useSearchParams().toString();
  const shown = useRef(query);
  useLayoutEffect(() => {
    const rows = frame.current;
    if (shown.current === query || rows === null) return;
    shown.current = query;
    rows.scrollTo(0, 0);
    // On a phone the page scrolls, and not the frame.
    if (rows.getBoundingClientRect().top < 0) rows.scrollIntoView({ block: "start" });
  }, [frame, query]);
}
