"use client";

import { Building2, ChevronsUpDown, Layers } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { LatePopup } from "@/components/ui/late-popup";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import { useShell } from "./shell-context";

const loadPopup = () => import("./company-popup").then((module) => module.CompanyPopup);

/** Leads to the same page of another company. A person with one company sees its name and nothing to press. */
export function CompanySwitcher({
  isCollapsed = false,
  onNavigate,
}: {
  isCollapsed?: boolean;
  onNavigate?: () => void;
}) {
  const t = useTranslations("shell");
  const { companies, companyId, companyName } = useShell();
  const Icon = companyId === ALL_COMPANIES ? Layers : Building2;

  if (companies.length <= 1) {
    return (
      <p title={companyName} className="flex h-9 min-w-0 items-center gap-2 px-2.5 text-sm font-medium">
        <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <span className={cn("truncate", isCollapsed && "sr-only")}>{companyName}</span>
      </p>
    );
  }
  return (
    <LatePopup
      opens="dialog"
      load={loadPopup}
      onNavigate={onNavigate}
      trigger={
        <button
          type="button"
          aria-label={t("companyButton", { name: companyName })}
          title={isCollapsed ? companyName : undefined}
          className={cn(
            "flex h-9 w-full min-w-0 items-center gap-2 rounded-md border bg-background px-2.5 text-sm font-medium hover:bg-sidebar-accent",
            isCollapsed && "justify-center px-0",
          )}
        >
          <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          {!isCollapsed && (
            <>
              <span className="truncate">{companyName}</span>
              <ChevronsUpDown aria-hidden className="ms-auto size-4 shrink-0 text-muted-foreground" />
            </>
          )}
        </button>
      }
    />
  );
}
