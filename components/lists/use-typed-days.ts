import { useEffect, useRef, useState } from "react";
import { isWholeDay } from "./whole-day";
import type { ListUrl } from "./use-list-url";

const ENDS = ["from", "to"] as const;
type End = (typeof ENDS)[number];

const TYPING_MILLISECONDS = 600;

/**
 * For the two days of a list: keeps what is typed, as a field has dates of the first century while its year is typed.
 * Whole days are sent when typing pauses, everything by `send`. The browser's history gets one entry each time the
 * fields are open.
 */
export function useTypedDays(url: ListUrl) {
  const [typed, setTyped] = useState<Partial<Record<End, string>>>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hasSent = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  function send(days = typed) {
    clearTimeout(timer.current);
    if (!ENDS.some((end) => days[end] !== undefined && days[end] !== url.get(end))) return;
    // Both, as the address doesn't have the other one yet if that was sent just now.
    url.set({ ...days, range: null }, hasSent.current ? "replace" : "push");
    hasSent.current = true;
  }
  function type(end: End, day: string) {
    const days = { ...typed, [end]: day };
    setTyped(days);
    clearTimeout(timer.current);
    if (Object.values(days).every((one) => one === "" || isWholeDay(one))) {
      timer.current = setTimeout(() => send(days), TYPING_MILLISECONDS);
    }
  }
  return {
    valueOf: (end: End) => typed[end] ?? url.get(end),
    type,
    send: () => send(),
    clear() {
      clearTimeout(timer.current);
      setTyped({});
      url.set({ from: null, to: null, range: null });
    },
    onOpenChange(isOpen: boolean) {
      if (isOpen) hasSent.current = false;
      else send();
      setTyped({});
    },
  };
}
