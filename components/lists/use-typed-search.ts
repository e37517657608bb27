import { useEffect, useRef, useState } from "react";

const TYPING_MILLISECONDS = 350;

/** For a search box: searches when typing pauses, at once when it is emptied, and follows `value` when that changes by other means. */
export function useTypedSearch(value: string, onSearch: (search: string) => void) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const onValueChange = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), text === "" ? 0 : TYPING_MILLISECONDS);
  };
  return { value: typed, onValueChange };
}
