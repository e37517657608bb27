"use client";

import { useEffect, useEffectEvent } from "react";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input, textarea, select, [role='textbox'], [role='combobox']"))
  );
}

function isPaletteKey({ key, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "k" && (metaKey || ctrlKey) && !altKey && !shiftKey;
}

/** A bare key outside fields and dialogs, which keep their keys. */
function isPlainKey({ metaKey, ctrlKey, altKey, target }: KeyboardEvent): boolean {
  if (metaKey || ctrlKey || altKey || isTyping(target)) return false;
  return !document.querySelector("[role='dialog'], [role='alertdialog']");
}

interface PageKeys {
  onPalette: () => void;
  onHelp: () => void;
}

/** Cmd/Ctrl-K opens the palette, "/" goes to the page's search field (SearchInput with isPageSearch), "?" tells the keys. */
export function usePageKeys({ onPalette, onHelp }: PageKeys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isPaletteKey(event)) {
      event.preventDefault();
      onPalette();
    } else if (event.key === "?" && isPlainKey(event)) {
      event.preventDefault();
      onHelp();
    } else if (event.key === "/" && isPlainKey(event)) {
      const field = document.querySelector<HTMLInputElement>("[data-page-search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
