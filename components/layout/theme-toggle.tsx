"use client";

import { Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";

const loadPopup = () => import("./theme-popup").then((module) => module.ThemePopup);

/** Light, dark or as the computer has it. The icons swap by CSS, so nothing flickers before React wakes up. */
export function ThemeToggle() {
  const t = useTranslations("shell");
  return (
    <LatePopup
      opens="menu"
      load={loadPopup}
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t("theme")} title={t("theme")}>
          <Sun aria-hidden className="dark:hidden" />
          <Moon aria-hidden className="hidden dark:block" />
        </Button>
      }
    />
  );
}
