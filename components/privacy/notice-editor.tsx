"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextAreaField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";

interface NoticeEditorProps {
  companyId: number;
  text: string;
  saveAction: FormAction<void>;
}

/** Lets those who may write the company's own text. */
export function NoticeEditor({ companyId, text, saveAction }: NoticeEditorProps) {
  const t = useTranslations("privacyRequests");
  return (
    <DialogButton
      label={t("editText")}
      title={t("editTitle")}
      description={t("editNote")}
      action={saveAction}
      hidden={{ companyId }}
      submitLabel={t("saveText")}
      done={t("textSaved")}
    >
      {(errors) => (
        <TextAreaField
          name="privacyText"
          label={t("text")}
          description={t("textNote")}
          defaultValue={text}
          errors={errors}
          rows={14}
          maxLength={5000}
        />
      )}
    </DialogButton>
  );
}
