"use client";

import { useState } from "react";
import { ActionDialog } from "@/components/forms/action-dialog";
import { ActionsMenu } from "@/components/forms/actions-menu";
import { TextField } from "@/components/forms/fields";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import type { FormAction } from "@/lib/domain/form-result";
import { Link } from "@/components/ui/link";
import type { SavedView } from "@/lib/services/views/read-views";
import { SharedField } from "./shared-field";

export interface ViewActions {
  changeViewAction: FormAction<void>;
  deleteViewAction: FormAction<void>;
}

interface ViewMenuProps {
  companyId: number;
  view: SavedView;
  mayShare: boolean;
  actions: ViewActions;
}

/** What can be done to a view, each in a dialog. */
export function ViewMenu({ companyId, view, mayShare, actions }: ViewMenuProps) {
  const [dialog, setDialog] = useState<"change" | "delete" | null>(null);
  const common = {
    onOpenChange: (isOpen: boolean) => !isOpen && setDialog(null),
    hidden: { companyId, viewId: view.id },
  };
  return (
    <>
      <ActionsMenu label={`Actions of ${view.name}`} size="icon">
        <DropdownMenuItem asChild>
          <Link href={`/${companyId}/schedules?do=add&view=${view.id}`}>Schedule…</Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => setDialog("change")}>
          {mayShare ? "Rename or share" : "Rename"}
        </DropdownMenuItem>
        <DropdownMenuItem variant="destructive" onSelect={() => setDialog("delete")}>
          Delete
        </DropdownMenuItem>
      </ActionsMenu>
      <ActionDialog
        {...common}
        isOpen={dialog === "change"}
        title={`Change ${view.name}`}
        action={actions.changeViewAction}
        submitLabel="Save"
        done="The view is changed."
      >
        {(errors) => (
          <>
            <TextField
              name="name"
              label="Name"
              defaultValue={view.name}
              errors={errors}
              maxLength={100}
              autoComplete="off"
              isRequired
            />
            {mayShare && <SharedField errors={errors} isShared={view.isShared} />}
          </>
        )}
      </ActionDialog>
      <ActionDialog
        {...common}
        isOpen={dialog === "delete"}
        title={`Delete ${view.name}`}
        description={
          view.isShared
            ? "Nobody in the company can open it any more. Its scheduled reports go too."
            : "The records it shows stay. Its scheduled reports go too."
        }
        action={actions.deleteViewAction}
        submitLabel="Delete view"
        isDestructive
        done="The view is deleted."
      />
    </>
  );
}
