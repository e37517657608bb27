"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog } from "@/components/forms/action-dialog";
import { ActionsMenu } from "@/components/forms/actions-menu";
import { TextField } from "@/components/forms/fields";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import type { FormAction } from "@/lib/domain/form-result";
import { Link } from "@/components/ui/link";
import { SharedField } from "./shared-field";
import type { WordedView } from "./worded-views";

export interface ViewActions {
  changeViewAction: FormAction<void>;
  deleteViewAction: FormAction<void>;
}

interface ViewMenuProps {
  companyId: number;
  view: WordedView;
  mayShare: boolean;
  actions: ViewActions;
}

/** What can be done to a view, each in a dialog. */
export function ViewMenu({ companyId, view, mayShare, actions }: ViewMenuProps) {
  const t = useTranslations("savedViews");
  const tSave = useTranslations("saveView");
  const { name } = view;
  const [dialog, setDialog] = useState<"change" | "delete" | null>(null);
  const common = {
    onOpenChange: (isOpen: boolean) => !isOpen && setDialog(null),
    hidden: { companyId, viewId: view.id },
  };
  return (
    <>
      <ActionsMenu label={t("actions", { name })} size="icon">
        <DropdownMenuItem asChild>
          <Link href={`/${companyId}/schedules?do=add&view=${view.id}`}>{t("schedule")}</Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => setDialog("change")}>
          {t(mayShare ? "renameOrShare" : "rename")}
        </DropdownMenuItem>
        <DropdownMenuItem variant="destructive" onSelect={() => setDialog("delete")}>
          {t("delete")}
        </DropdownMenuItem>
      </ActionsMenu>
      <ActionDialog
        {...common}
        isOpen={dialog === "change"}
        title={t("editTitle", { name })}
        action={actions.changeViewAction}
        submitLabel={t("save")}
        done={tSave("saved")}
      >
        {(errors) => (
          <>
            <TextField
              name="name"
              label={tSave("name")}
              defaultValue={name}
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
        title={t("deleteTitle", { name })}
        description={t(view.isShared ? "deleteSharedNote" : "deleteNote")}
        action={actions.deleteViewAction}
        submitLabel={t("deleteView")}
        isDestructive
        done={t("deleted")}
      />
    </>
  );
}
