"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * For a button that may be gone once it has done its work: the focus then goes to the card, dialog or page that it was
 * in, so that the next Tab goes on from there and not from the top of the document.
 */
export function useKeptPlace<E extends HTMLElement = HTMLButtonElement>(
  preferred?: PreferredPlaces,
): RefObject<E | null> {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    const button = ref.current;
    return () => keepPlace(button, preferred);
  }, [preferred]);
  return ref;
}

/** What may take the focus before the places around a button that goes, the best first; a constant of the module. */
type PreferredPlaces = (button: HTMLElement) => readonly HTMLElement[];

/** Called as the button goes. */
export function keepPlace(button: HTMLElement | null, preferred?: PreferredPlaces): void {
  if (button === null || document.activeElement !== button) return;
  const places = [...(preferred?.(button) ?? []), ...placesOf(button)];
  queueMicrotask(() => {
    const place = places.find(({ isConnected }) => isConnected);
    if (document.activeElement !== document.body || !place) return;
    // Given one, it takes the focus; what has its place among the tabs keeps that.
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
}

/** What surrounds the button, from near to far. */
function placesOf(button: HTMLElement): HTMLElement[] {
  const place = button.parentElement?.closest<HTMLElement>("[data-slot=card], [role=dialog], main");
  return place ? [place, ...placesOf(place)] : [];
}
