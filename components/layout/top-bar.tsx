"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useShell } from "./shell-context";
import { SidebarTriggers } from "./sidebar";

/** Crumbs at the left; palette, and what `children` add (theme, account), at the right. */
export function TopBar({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const { crumbs, setIsPaletteOpen } = useShell();
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b bg-background px-3 md:px-4"
    >
      <SidebarTriggers />
      <Breadcrumb crumbs={crumbs} className="flex-1" />
      <Button
        variant="outline"
        size="sm"
        className="hidden font-normal text-muted-foreground lg:inline-flex"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setIsPaletteOpen(true)}
      >
        <Search aria-hidden />
        {t("goTo")}
        <Kbd className="ms-2">Ctrl K</Kbd>
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        className="lg:hidden"
        aria-label={t("goTo")}
        onClick={() => setIsPaletteOpen(true)}
      >
        <Search aria-hidden />
      </Button>
      {children}
    </header>
  );
}
