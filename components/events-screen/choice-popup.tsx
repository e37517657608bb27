"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { LatePopupProps } from "@/components/ui/late-popup";

export interface ChoiceMenuProps<Value extends string | number> {
  label: string;
  choices: readonly { value: Value; label: ReactNode }[];
  /** Values that are often chosen together: one press chooses just these. */
  shortcuts?: readonly { label: string; values: readonly Value[] }[];
  chosen: readonly Value[];
  /** What is chosen now may be less than what will be, with choices that are on their way. */
  onChange: (change: (chosen: readonly Value[]) => readonly Value[]) => void;
}

/** Stays open while choosing. Drawn by ChoiceMenu. */
export function ChoicePopup<Value extends string | number>({
  choices,
  shortcuts = [],
  chosen,
  onChange,
  trigger,
}: ChoiceMenuProps<Value> & LatePopupProps) {
  const t = useTranslations("events");
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-h-96 overflow-y-auto">
        {chosen.length > 0 && (
          <DropdownMenuItem onSelect={() => onChange(() => [])}>{t("all")}</DropdownMenuItem>
        )}
        {shortcuts.map((shortcut) => (
          <DropdownMenuItem key={shortcut.label} onSelect={() => onChange(() => shortcut.values)}>
            {shortcut.label}
          </DropdownMenuItem>
        ))}
        {(chosen.length > 0 || shortcuts.length > 0) && <DropdownMenuSeparator />}
        {choices.map((choice) => (
          <DropdownMenuCheckboxItem
            key={choice.value}
            checked={chosen.includes(choice.value)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(isChosen) =>
              onChange((present) => {
                const others = present.filter((value) => value !== choice.value);
                return isChosen ? [...others, choice.value] : others;
              })
            }
          >
            {choice.label}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
