"use client";

import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { PLOT } from "./plot-parts";

const NONE: ReadonlySet<number> = new Set();

/** Which of the texts below an axis, the children of the ref, have room; none until they are measured. */
export function useTickRoom(texts: string): [RefObject<HTMLDivElement | null>, ReadonlySet<number>] {
  const ref = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(NONE);
  useLayoutEffect(() => {
    const axis = ref.current;
    if (!axis) return;
    const observer = new ResizeObserver(() => setShown(roomyTexts(axis)));
    observer.observe(axis);
    return () => observer.disconnect();
  }, [texts]);
  return [ref, shown];
}

/** From the end on, as the chart library chooses them: the last one is moved inwards there, and so it counts here. */
function roomyTexts(axis: HTMLElement): Set<number> {
  const shown = new Set<number>();
  const width = axis.clientWidth;
  const texts = [...axis.children] as HTMLElement[];
  let end = width;
  for (let place = texts.length - 1; place >= 0; place -= 1) {
    const half = texts[place]!.offsetWidth / 2;
    const middle = Math.min(((place + 0.5) / texts.length) * width, width - half);
    if (middle - half < 0 || middle + half > end) continue;
    shown.add(place);
    end = middle - half - PLOT.tickGap;
  }
  return shown;
}
