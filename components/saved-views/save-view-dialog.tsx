"use client";

import { TextField } from "@/components/forms/fields";
import { FormDialog } from "@/components/forms/form-dialog";
import type { SavedAsk, Saver } from "./save-view";
import { SharedField } from "./shared-field";

interface SaveViewDialogProps {
  saver: Saver;
  ask: SavedAsk;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Drawn by SaveView. */
export function SaveViewDialog({ saver, ask, ...dialog }: SaveViewDialogProps) {
  const { companyId, mayShare, action } = saver;
  return (
    <FormDialog
      {...dialog}
      title="Save this view"
      description="Keeps the filters, the order and the shown columns. Saved views lists it."
      action={action}
      hidden={{
        companyId,
        table: ask.report,
        query: ask.query,
        columns: ask.columns?.join(",") ?? "",
      }}
      submitLabel="Save view"
      done="The view is saved."
    >
      {(errors) => (
        <>
          <TextField name="name" label="Name" errors={errors} maxLength={100} autoComplete="off" isRequired />
          {mayShare && <SharedField errors={errors} />}
        </>
      )}
    </FormDialog>
  );
}
