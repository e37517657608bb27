"use client";

import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

interface ChoiceMenuProps<Value extends string | number> {
  label: string;
  choices: readonly { value: Value; label: ReactNode }[];
  /** Values that are often chosen together: one press chooses just these. */
  shortcuts?: readonly { label: string; values: readonly Value[] }[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
}

/** A filter of which several values may be chosen; stays open while choosing. */
export function ChoiceMenu<Value extends string | number>({
  label,
  choices,
  shortcuts = [],
  chosen,
  onChange,
}: ChoiceMenuProps<Value>) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" className="px-3">
          {label}
          {chosen.length > 0 && <span className="tabular text-muted-foreground">{chosen.length}</span>}
          <ChevronDown aria-hidden className="text-muted-foreground" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-h-96 overflow-y-auto">
        {chosen.length > 0 && <DropdownMenuItem onSelect={() => onChange([])}>All of them</DropdownMenuItem>}
        {shortcuts.map((shortcut) => (
          <DropdownMenuItem key={shortcut.label} onSelect={() => onChange([...shortcut.values])}>
            Only {shortcut.label.toLowerCase()}
          </DropdownMenuItem>
        ))}
        {(chosen.length > 0 || shortcuts.length > 0) && <DropdownMenuSeparator />}
        {choices.map((choice) => (
          <DropdownMenuCheckboxItem
            key={choice.value}
            checked={chosen.includes(choice.value)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(isChosen) =>
              onChange(
                isChosen ? [...chosen, choice.value] : chosen.filter((value) => value !== choice.value),
              )
            }
          >
            {choice.label}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
