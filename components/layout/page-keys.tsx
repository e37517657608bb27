"use client";

import { useEffect, useState } from "react";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { useShell } from "./shell-context";

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

/** A key alone, where nobody types; an open dialog keeps its keys to itself. */
function isPlainKey({ metaKey, ctrlKey, altKey, target }: KeyboardEvent): boolean {
  if (metaKey || ctrlKey || altKey || isTyping(target)) return false;
  return !document.querySelector("[role='dialog'], [role='alertdialog']");
}

/** Cmd/Ctrl-K opens the palette, "/" goes to the page's search field (SearchInput with isPageSearch), "?" tells the keys. */
export function PageKeys() {
  const { setIsPaletteOpen } = useShell();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (isPaletteKey(event)) {
        event.preventDefault();
        setIsPaletteOpen(true);
      } else if (event.key === "?" && isPlainKey(event)) {
        event.preventDefault();
        setIsHelpOpen(true);
      } else if (event.key === "/" && isPlainKey(event)) {
        const field = document.querySelector<HTMLInputElement>("[data-page-search]");
        if (!field) return;
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [setIsPaletteOpen]);
  return isHelpOpen ? <ShortcutsDialog isOpen onOpenChange={setIsHelpOpen} /> : null;
}
