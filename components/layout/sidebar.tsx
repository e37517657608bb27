"use client";

import { PanelLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Logo, LogoMark } from "@/components/ui/logo";
import { CompanySwitcher } from "./company-switcher";
import { useShell } from "./shell-context";
import { SidebarNav } from "./sidebar-nav";

/** The column at the left from 768 px; it folds to icons. */
export function Sidebar() {
  const t = useTranslations("shell");
  const { isCollapsed, companyId } = useShell();
  return (
    <aside
      aria-label={t("sidebar")}
      data-slot="sidebar"
      data-print="hide"
      className={cn(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-e border-sidebar-border bg-sidebar transition-[width] duration-150 md:flex",
        isCollapsed ? "w-14" : "w-60",
      )}
    >
      <div className={cn("flex h-12 shrink-0 items-center px-3", isCollapsed && "justify-center px-0")}>
        <Link href={`/${companyId}/dashboard`} aria-label={t("startPage")} className="rounded-md">
          {isCollapsed ? <LogoMark /> : <Logo />}
        </Link>
      </div>
      <div className="px-2 pt-1">
        <CompanySwitcher isCollapsed={isCollapsed} />
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <SidebarNav isCollapsed={isCollapsed} />
      </div>
    </aside>
  );
}

export function SidebarTriggers() {
  const t = useTranslations("shell");
  const { isCollapsed, toggleCollapsed, setIsMobileNavOpen } = useShell();
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        className="hidden md:inline-flex"
        aria-label={t("sidebar")}
        title={isCollapsed ? t("expand") : t("collapse")}
        aria-expanded={!isCollapsed}
        onClick={toggleCollapsed}
      >
        <PanelLeft aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        className="md:hidden"
        aria-label={t("openMenu")}
        aria-haspopup="dialog"
        onClick={() => setIsMobileNavOpen(true)}
      >
        <PanelLeft aria-hidden />
      </Button>
    </>
  );
}
