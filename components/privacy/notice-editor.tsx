"use client";

import { DialogButton } from "@/components/forms/dialog-button";
import { TextAreaField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";

interface NoticeEditorProps {
  companyId: number;
  text: string;
  saveAction: FormAction<{ isOwnText: boolean }>;
}

/** Lets those who may write the company's own text. */
export function NoticeEditor({ companyId, text, saveAction }: NoticeEditorProps) {
  return (
    <DialogButton
      label="Edit text"
      title="Edit the privacy text"
      description="Why the company records this, and whom people may ask. Empty brings the usual text back."
      action={saveAction}
      hidden={{ companyId }}
      submitLabel="Save text"
      done="The privacy text is saved."
    >
      {(errors) => (
        <TextAreaField
          name="privacyText"
          label="Text"
          description="An empty line begins a new paragraph."
          defaultValue={text}
          errors={errors}
          rows={14}
          maxLength={5000}
        />
      )}
    </DialogButton>
  );
}
