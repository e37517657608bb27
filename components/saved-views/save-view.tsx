"use client";

import { BookmarkPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Late } from "@/components/ui/late";
import type { FormAction } from "@/lib/domain/form-result";
import type { ExportAsk } from "@/lib/domain/reports/table-address";

export interface Saver {
  companyId: number;
  mayShare: boolean;
  action: FormAction<{ viewId: number }>;
}

export type SavedAsk = Omit<ExportAsk, "companyRef">;

/** Null where all companies are in view: a view belongs to one. */
const SaverContext = createContext<Saver | null>(null);

/** Lets the tables of a company's pages be saved as views. */
export function ViewSaver({ companyId, mayShare, action, children }: Saver & { children: ReactNode }) {
  const saver = useMemo(() => ({ companyId, mayShare, action }), [companyId, mayShare, action]);
  return <SaverContext value={saver}>{children}</SaverContext>;
}

const loadDialog = () => import("./save-view-dialog").then((module) => module.SaveViewDialog);

/** Keeps what the screen's filters select, its order and its columns under a name. */
export function SaveView(ask: SavedAsk) {
  const t = useTranslations("saveView");
  const saver = useContext(SaverContext);
  const [isOpen, setIsOpen] = useState(false);
  if (!saver) return null;
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        title={t("save")}
        aria-haspopup="dialog"
        onPointerEnter={() => void loadDialog().catch(() => undefined)}
        onClick={() => setIsOpen(true)}
      >
        <BookmarkPlus aria-hidden />
        <span data-slot="menu-label">{t("save")}</span>
      </Button>
      <Late isWanted={isOpen} load={loadDialog}>
        {(SaveViewDialog) => (
          <SaveViewDialog saver={saver} ask={ask} isOpen={isOpen} onOpenChange={setIsOpen} />
        )}
      </Late>
    </>
  );
}
