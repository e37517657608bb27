"use client";

import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

interface ActionsMenuProps {
  label: string;
  size?: "icon" | "icon-sm";
  /** DropdownMenuItems. */
  children: ReactNode;
}

/** What can be done with a thing, behind three dots. */
export function ActionsMenu({ label, size = "icon-sm", children }: ActionsMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size={size} aria-label={label}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">{children}</DropdownMenuContent>
    </DropdownMenu>
  );
}

interface DialogItemsProps<Kind extends string> {
  items: readonly { kind: Kind; label: string }[];
  onChoose: (kind: Kind) => void;
}

/** Entries that each open a dialog; "delete" looks like what it is. */
export function DialogItems<Kind extends string>({ items, onChoose }: DialogItemsProps<Kind>) {
  return items.map(({ kind, label }) => (
    <DropdownMenuItem
      key={kind}
      variant={kind === "delete" ? "destructive" : "default"}
      onSelect={() => onChoose(kind)}
    >
      {label}
    </DropdownMenuItem>
  ));
}
