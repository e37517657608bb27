import { useEffect, useRef, useState } from "react";
import { startTyping, withArrived, withSent, withTyped } from "./typed-search";

const TYPING_MILLISECONDS = 350;

/** For a search box: searches when typing pauses, at once when it is emptied, and follows `value` when that changes by other means. */
export function useTypedSearch(value: string, onSearch: (search: string) => void) {
  const [state, setState] = useState(() => startTyping(value));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (state.known !== value) setState(withArrived(state, value));
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (search: string) => {
    setState((present) => withSent(present, search));
    onSearch(search);
  };
  const onValueChange = (text: string) => {
    setState((present) => withTyped(present, text));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(text.trim()), text === "" ? 0 : TYPING_MILLISECONDS);
  };
  return { value: state.typed, onValueChange };
}
