"use client";

import { useState } from "react";
import { Late } from "@/components/ui/late";
import { useShell } from "./shell-context";
import { usePageKeys } from "./use-page-keys";

const loadPalette = () => import("./command-palette").then((module) => module.CommandPalette);
const loadSidebar = () => import("./mobile-sidebar").then((module) => module.MobileSidebar);
const loadShortcuts = () => import("./shortcuts-dialog").then((module) => module.ShortcutsDialog);

/** The frame's dialogs, each fetched when it is first opened: palette, sidebar of a phone, keyboard shortcuts. */
export function LateDialogs() {
  const { isPaletteOpen, setIsPaletteOpen, isMobileNavOpen } = useShell();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  usePageKeys({ onPalette: () => setIsPaletteOpen(true), onHelp: () => setIsHelpOpen(true) });
  return (
    <>
      <Late isWanted={isMobileNavOpen} load={loadSidebar}>
        {(MobileSidebar) => <MobileSidebar />}
      </Late>
      <Late isWanted={isPaletteOpen} load={loadPalette}>
        {(CommandPalette) => <CommandPalette />}
      </Late>
      <Late isWanted={isHelpOpen} load={loadShortcuts}>
        {(ShortcutsDialog) => <ShortcutsDialog isOpen={isHelpOpen} onOpenChange={setIsHelpOpen} />}
      </Late>
    </>
  );
}
