"use client";

import { useRef } from "react";

/** What opened the dialog: an item of a menu is gone by the time it closes, so its button counts. */
function openerOf(focused: Element | null): Element | null {
  const menu = focused?.closest("[role=menu]");
  return (menu && document.getElementById(menu.getAttribute("aria-labelledby") ?? "")) ?? focused;
}

/**
 * Radix gives the focus back to a dialog's trigger only; many dialogs here open by key or from a menu.
 * These two handlers bring it back to whatever had it, or to the page where that is gone.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      const focused = document.activeElement;
      before.current = focused === document.body ? null : openerOf(focused);
    },
    onCloseAutoFocus: (event: Event) => {
      const isThere = before.current instanceof HTMLElement && before.current.isConnected;
      const target = isThere ? before.current : document.getElementById("main");
      if (!(target instanceof HTMLElement)) return;
      event.preventDefault();
      target.focus();
    },
  };
}
