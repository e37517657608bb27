"use client";

import { useEffect } from "react";
import { useShell } from "./shell-context";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input, textarea, select, [role='textbox'], [role='combobox']"))
  );
}

/** Cmd/Ctrl-K opens the palette, "/" goes to the page's search field (SearchInput with isPageSearch). */
export function PageKeys() {
  const { setIsPaletteOpen } = useShell();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() === "k" &&
        (event.metaKey || event.ctrlKey) &&
        !event.altKey &&
        !event.shiftKey
      ) {
        event.preventDefault();
        setIsPaletteOpen(true);
        return;
      }
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return;
      // An open dialog keeps its keys to itself.
      if (document.querySelector("[role='dialog'], [role='alertdialog']")) return;
      const field = document.querySelector<HTMLInputElement>("[data-page-search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [setIsPaletteOpen]);
  return null;
}
