import type { FormAction } from "@/lib/domain/form-result";
import type { RulesPreview } from "@/lib/services/detections/import-rules";

/** What a file of rules would change, and its text. */
export interface PreviewedFile {
  preview: RulesPreview;
  yaml: string;
}

/** Keeps the text with its preview: while that is on its way, another text may be put into the field. */
export function previewedFile(action: FormAction<RulesPreview>): FormAction<PreviewedFile> {
  return async (_, form) => {
    const yaml = String(form.get("yaml") ?? "");
    const { result: preview, ...answer } = await action({ status: "idle" }, form);
    return preview ? { ...answer, result: { preview, yaml } } : answer;
  };
}
