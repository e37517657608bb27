"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether the element of the ref has come into view; stays true from then on. */
export function useSeen<Of extends HTMLElement>(): [RefObject<Of | null>, boolean] {
  const ref = useRef<Of>(null);
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    if (isSeen || !ref.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setIsSeen(true);
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return [ref, isSeen];
}
