"use client";

import { useTranslations } from "next-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { LatePopupProps } from "@/components/ui/late-popup";
import type { TableSort } from "./column";

export interface PhoneSortPopupProps extends LatePopupProps {
  choices: readonly (TableSort & { label: string })[];
  sort?: TableSort;
  onChoose: (sort: TableSort) => void;
}

/** Drawn by PhoneSort. */
export function PhoneSortPopup({ choices, sort, onChoose, trigger }: PhoneSortPopupProps) {
  const t = useTranslations("lists");
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuRadioGroup
          value={sort ? `${sort.columnId} ${sort.direction}` : ""}
          onValueChange={(value) => {
            const choice = choices.find(({ columnId, direction }) => `${columnId} ${direction}` === value);
            if (choice) onChoose({ columnId: choice.columnId, direction: choice.direction });
          }}
        >
          {choices.map(({ columnId, direction, label }) => (
            <DropdownMenuRadioItem key={`${columnId} ${direction}`} value={`${columnId} ${direction}`}>
              {direction === "asc" ? t("ascending", { label }) : t("descending", { label })}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
