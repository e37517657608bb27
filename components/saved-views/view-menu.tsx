"use client";

import { useTranslations } from "next-intl";
import { ActionsMenu, DialogItem } from "@/components/forms/actions-menu";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import type { FormAction } from "@/lib/domain/form-result";
import { Link } from "@/components/ui/link";
import { ViewFields } from "./view-fields";
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
  const hidden = { companyId, viewId: view.id };
  return (
    <ActionsMenu label={t("actions", { name })} size="icon">
      <DropdownMenuItem asChild>
        <Link href={`/${companyId}/schedules?do=add&view=${view.id}`}>{t("schedule")}</Link>
      </DropdownMenuItem>
      <DialogItem
        label={t(mayShare ? "renameOrShare" : "rename")}
        hidden={hidden}
        title={t("editTitle", { name })}
        action={actions.changeViewAction}
        submitLabel={t("save")}
        done={tSave("saved")}
      >
        {(errors) => <ViewFields name={name} isShared={view.isShared} mayShare={mayShare} errors={errors} />}
      </DialogItem>
      <DialogItem
        label={t("delete")}
        hidden={hidden}
        title={t("deleteTitle", { name })}
        description={t(view.isShared ? "deleteSharedNote" : "deleteNote")}
        action={actions.deleteViewAction}
        submitLabel={t("deleteView")}
        isDestructive
        done={t("deleted")}
      />
    </ActionsMenu>
  );
}
