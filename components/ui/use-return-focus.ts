"use client";

import { useRef } from "react";

/**
 * Radix gives the focus back to a dialog's trigger only; many dialogs here open by key or from a menu.
 * These two handlers bring it back to whatever had it.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
