"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { ExportAsk, OwnExportAsk } from "@/lib/domain/reports/table-address";

const loadPopup = () => import("./export-popup").then((module) => module.ExportPopup);

/** Everything the screen's filters select as a file or, of tables of the read API, for printing; all rows and not only the page. */
export function ExportMenu({
  label,
  ...ask
}: (ExportAsk | OwnExportAsk) & { /** Says what, where a page has several. */ label?: string }) {
  const t = useTranslations("exports");
  return (
    <LatePopup
      opens="menu"
      load={loadPopup}
      {...ask}
      trigger={
        <Button variant="outline" size="sm" aria-label={label} title={label ?? t("export")}>
          <Download aria-hidden />
          <span data-slot="menu-label">{t("export")}</span>
        </Button>
      }
    />
  );
}
