"use client";

import { Ellipsis } from "lucide-react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { ActionDialog, dialogWords, type ActionDialogProps, type LabelledDialogProps } from "./action-dialog";

type DialogState = Pick<ActionDialogProps<void>, "isOpen" | "onOpenChange">;
type DrawDialog = (state: DialogState) => ReactNode;

const OpenDialog = createContext<(draw: DrawDialog) => void>(() => undefined);

interface ActionsMenuProps {
  label: string;
  size?: "icon" | "icon-sm";
  /** DialogItems and DropdownMenuItems. */
  children: ReactNode;
}

/** What can be done with a thing, behind three dots. */
export function ActionsMenu({ label, size = "icon-sm", children }: ActionsMenuProps) {
  const [open, setOpen] = useState<{ draw: DrawDialog } | null>(null);
  return (
    <OpenDialog value={(draw) => setOpen({ draw })}>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size={size} aria-label={label}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">{children}</DropdownMenuContent>
      </DropdownMenu>
      {open?.draw({ isOpen: true, onOpenChange: (isOpen) => !isOpen && setOpen(null) })}
    </OpenDialog>
  );
}

/** An entry that opens a form in a dialog, which stays when the entry goes. */
export function DialogItem<Result>(props: LabelledDialogProps<Result>) {
  const { label, ...dialog } = props;
  const open = useContext(OpenDialog);
  return (
    <DropdownMenuItem
      variant={dialog.isDestructive ? "destructive" : "default"}
      onSelect={() => open((state) => <ActionDialog {...dialog} {...dialogWords(props)} {...state} />)}
    >
      {label}
    </DropdownMenuItem>
  );
}
