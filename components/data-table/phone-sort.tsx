"use client";

import type { RowData } from "@tanstack/react-table";
import { ArrowDownUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { WordedColumn } from "./column";
import type { SortProps } from "./sort-header";

const loadPopup = () => import("./phone-sort-popup").then((module) => module.PhoneSortPopup);

/** On a phone there are no headers to press, so the orders stand in a menu. */
export function PhoneSort<Row extends RowData>({
  columns,
  sort,
  onSortChange,
}: SortProps & { columns: readonly WordedColumn<Row>[] }) {
  const t = useTranslations("lists");
  const sortable = columns.filter((column) => column.firstSort);
  if (sortable.length === 0 || !onSortChange) return null;
  const choices = sortable.flatMap((column) =>
    (["asc", "desc"] as const).map((direction) => ({ columnId: column.id, direction, label: column.header })),
  );
  return (
    <LatePopup
      opens="menu"
      load={loadPopup}
      choices={choices}
      sort={sort}
      onChoose={onSortChange}
      trigger={
        <Button variant="outline" size="sm" className="md:hidden">
          <ArrowDownUp aria-hidden />
          {t("sort")}
        </Button>
      }
    />
  );
}
