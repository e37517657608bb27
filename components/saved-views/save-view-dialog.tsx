"use client";

import { useTranslations } from "next-intl";
import { FormDialog } from "@/components/forms/form-dialog";
import type { SavedAsk, Saver } from "./save-view";
import { ViewFields } from "./view-fields";

interface SaveViewDialogProps {
  saver: Saver;
  ask: SavedAsk;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Drawn by SaveView. */
export function SaveViewDialog({ saver, ask, ...dialog }: SaveViewDialogProps) {
  const t = useTranslations("saveView");
  const { companyId, mayShare, action } = saver;
  return (
    <FormDialog
      {...dialog}
      title={t("title")}
      description={t("note")}
      action={action}
      hidden={{
        companyId,
        table: ask.report,
        query: ask.query,
        columns: ask.columns?.join(",") ?? "",
      }}
      submitLabel={t("save")}
      done={t("saved")}
    >
      {(errors) => <ViewFields mayShare={mayShare} errors={errors} />}
    </FormDialog>
  );
}
