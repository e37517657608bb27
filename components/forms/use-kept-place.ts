"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * For a button that may be gone once it has done its work: the focus then goes to the card, dialog or page that it was
 * in, so that the next Tab goes on from there and not from the top of the document.
 */
export function useKeptPlace(): RefObject<HTMLButtonElement | null> {
  const ref = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const button = ref.current;
    return () => keepPlace(button);
  }, []);
  return ref;
}

/** Called as the button goes. */
export function keepPlace(button: HTMLElement | null): void {
  if (button === null || document.activeElement !== button) return;
  const places = placesOf(button);
  queueMicrotask(() => {
    const place = places.find(({ isConnected }) => isConnected);
    if (document.activeElement !== document.body || !place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
}

/** What surrounds the button, from near to far. */
function placesOf(button: HTMLElement): HTMLElement[] {
  const place = button.parentElement?.closest<HTMLElement>("[data-slot=card], [role=dialog], main");
  return place ? [place, ...placesOf(place)] : [];
}
