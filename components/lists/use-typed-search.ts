import { useEffect, useRef, useState } from "react";
import { startTyping, withArrived, withSent, withTakenAway, withTyped } from "./typed-search";
import { TypingPause, whenTakenAway } from "./typing-pause";

const TYPING_MILLISECONDS = 350;

/**
 * For a search box, by the name of its filter: searches when typing pauses, at once when it is emptied, and follows
 * `value` when that changes by other means.
 */
export function useTypedSearch(name: string, value: string, onSearch: (search: string) => void) {
  const [state, setState] = useState(() => startTyping(value));
  const [pause] = useState(() => new TypingPause());
  // The one of now: the list may have other filters when typing pauses.
  const latest = useRef(onSearch);
  useEffect(() => {
    latest.current = onSearch;
  });
  if (state.known !== value) setState(withArrived(state, value));
  useEffect(() => () => pause.stop(), [pause]);
  useEffect(() => {
    const empty = () => {
      pause.stop();
      setState(withTakenAway);
    };
    return whenTakenAway(name, empty);
  }, [name, pause]);
  const send = (search: string) => {
    setState((present) => withSent(present, search));
    latest.current(search);
  };
  const onValueChange = (text: string) => {
    setState((present) => withTyped(present, text));
    pause.wait(text === "" ? 0 : TYPING_MILLISECONDS, () => send(text.trim()));
  };
  return { value: state.typed, onValueChange };
}
