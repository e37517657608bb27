"use client";

import type { RowData } from "@tanstack/react-table";
import { Settings2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { ColumnsMenuProps, ColumnsPopup } from "./columns-popup";

const loadPopup = () => import("./columns-popup").then((module) => module.ColumnsPopup);

/** Which columns are drawn and how tall the rows are. */
export function ColumnsMenu<Row extends RowData>(props: ColumnsMenuProps<Row>) {
  const t = useTranslations("lists");
  return (
    <LatePopup
      opens="menu"
      load={loadPopup as () => Promise<typeof ColumnsPopup<Row>>}
      {...props}
      trigger={
        <Button variant="outline" size="sm" title={t("columns")}>
          <Settings2 aria-hidden />
          <span data-slot="menu-label">{t("columns")}</span>
        </Button>
      }
    />
  );
}
