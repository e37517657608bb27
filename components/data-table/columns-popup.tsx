"use client";

import type { RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { canHide, type WordedColumn } from "./column";
import type { TablePreferences } from "./use-table-preferences";

export interface ColumnsMenuProps<Row extends RowData> {
  columns: readonly WordedColumn<Row>[];
  preferences: TablePreferences;
  onChange: (patch: Partial<TablePreferences>) => void;
}

/** Which columns are drawn and how tall the rows are; stays open while several are ticked. */
export function ColumnsPopup<Row extends RowData>({
  columns,
  preferences,
  onChange,
  trigger,
}: ColumnsMenuProps<Row> & LatePopupProps) {
  const t = useTranslations("lists");
  const hideable = columns.filter(canHide);
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="min-w-48">
        <DropdownMenuLabel>{t("showColumns")}</DropdownMenuLabel>
        {hideable.map((column) => (
          <DropdownMenuCheckboxItem
            key={column.id}
            checked={preferences.columns[column.id] ?? !column.isHiddenAtFirst}
            onCheckedChange={(isShown) =>
              onChange({ columns: { ...preferences.columns, [column.id]: isShown } })
            }
            onSelect={(event) => event.preventDefault()}
          >
            {column.header}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("rows")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={preferences.density}
          onValueChange={(density) =>
            onChange({ density: density === "comfortable" ? "comfortable" : "compact" })
          }
        >
          <DropdownMenuRadioItem value="compact">{t("compact")}</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="comfortable">{t("comfortable")}</DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem className="ps-8" onSelect={() => onChange({ columns: {}, density: "compact" })}>
          {t("resetColumns")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
