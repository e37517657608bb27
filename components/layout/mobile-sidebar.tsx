"use client";

import { useTranslations } from "next-intl";
import { Logo } from "@/components/ui/logo";
import { Sheet, SheetContent, SheetDescription, SheetTitle } from "@/components/ui/sheet";
import { CompanySwitcher } from "./company-switcher";
import { useShell } from "./shell-context";
import { SidebarNav } from "./sidebar-nav";

/** The sidebar on a phone, as a sheet that the menu button opens. */
export function MobileSidebar() {
  const t = useTranslations("shell");
  const { isMobileNavOpen, setIsMobileNavOpen } = useShell();
  const close = () => setIsMobileNavOpen(false);
  return (
    <Sheet open={isMobileNavOpen} onOpenChange={setIsMobileNavOpen}>
      <SheetContent side="left" className="bg-sidebar md:hidden">
        <SheetTitle className="flex h-12 items-center px-3">
          <Logo />
        </SheetTitle>
        <SheetDescription className="sr-only">{t("menuNote")}</SheetDescription>
        <div className="px-2 pt-1">
          <CompanySwitcher onNavigate={close} />
        </div>
        <div className="relative min-h-0 flex-1 overflow-y-auto">
          <SidebarNav onNavigate={close} />
        </div>
      </SheetContent>
    </Sheet>
  );
}
