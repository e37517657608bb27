import { useCallback, useLayoutEffect, useRef } from "react";
import type { WayAhead } from "./way-ahead";

/**
 * Notes steps that one transition takes, and forgets the last of them once that has ended: either its page is shown, or
 * another one took its place, such as the same page again by its link in the sidebar.
 */
export function useWayAhead<Place>(ahead: WayAhead<Place>, isPending: boolean) {
  const end = useRef<() => void>(undefined);
  // Before the next click, which may be a step of its own.
  useLayoutEffect(() => {
    if (!isPending) end.current?.();
  }, [isPending]);
  return useCallback(
    (address: string, to: Place) => {
      end.current = ahead.go(address, to);
    },
    [ahead],
  );
}
