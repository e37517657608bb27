"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ExportLink } from "@/components/exports/export-link";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextAreaField } from "@/components/forms/fields";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useWords } from "@/components/ui/use-words";
import type { RulesPreview } from "@/lib/services/detections/import-rules";
import type { RuleActions } from "./alert-actions";

interface RulesFilesProps {
  companyId: number;
  mayManage: boolean;
  actions: RuleActions;
}

/** The rules as files, out and in. */
export function RulesFiles({ companyId, mayManage, actions }: RulesFilesProps) {
  const t = useTranslations("ruleScreens");
  const [isOpen, setIsOpen] = useState(false);
  const href = `/${companyId}/alerts/rules/export`;
  return (
    <>
      <DropdownMenu open={isOpen} onOpenChange={setIsOpen}>
        <DropdownMenuTrigger asChild>
          <Button variant="outline" size="sm">
            <Download aria-hidden />
            {t("export")}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem asChild>
            <ExportLink href={`${href}?format=yaml`} format="YAML" onStart={() => setIsOpen(false)}>
              {t("exportYaml")}
            </ExportLink>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <ExportLink href={`${href}?format=sigma`} format="Sigma" onStart={() => setIsOpen(false)}>
              {t("exportSigma")}
            </ExportLink>
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {mayManage && <ImportDialog companyId={companyId} actions={actions} />}
    </>
  );
}

function ImportDialog({ companyId, actions }: Pick<RulesFilesProps, "companyId" | "actions">) {
  const t = useTranslations("ruleScreens");
  const text = useRef("");
  return (
    <DialogButton
      label={t("import")}
      title={t("importTitle")}
      description={t("importNote")}
      action={actions.previewRulesAction}
      hidden={{ companyId }}
      submitLabel={t("preview")}
      renderResult={(preview, close) => (
        <Preview
          preview={preview}
          companyId={companyId}
          yaml={text.current}
          action={actions.importRulesAction}
          onApplied={close}
        />
      )}
    >
      {(errors) => <FileFields errors={errors} onText={(given) => (text.current = given)} />}
    </DialogButton>
  );
}

interface FileFieldsProps {
  errors: Record<string, string>;
  onText: (text: string) => void;
}

function FileFields({ errors, onText }: FileFieldsProps) {
  const t = useTranslations("ruleScreens");
  const area = useRef<HTMLDivElement>(null);
  async function take(file: File | undefined): Promise<void> {
    const field = area.current?.querySelector("textarea");
    if (!file || !field) return;
    field.value = await file.text();
    onText(field.value);
  }
  return (
    <>
      <div className="grid gap-1.5">
        <Label htmlFor="rules-file">{t("file")}</Label>
        <Input
          id="rules-file"
          type="file"
          accept=".yml,.yaml,application/yaml"
          onChange={({ target }) => void take(target.files?.[0])}
        />
      </div>
      <div ref={area}>
        <TextAreaField
          name="yaml"
          label={t("yaml")}
          errors={errors}
          rows={10}
          spellCheck={false}
          className="[&_[data-slot=field-error]]:whitespace-pre-line [&_textarea]:font-mono"
          onChange={({ target }) => onText(target.value)}
        />
      </div>
    </>
  );
}

interface PreviewProps {
  preview: RulesPreview;
  companyId: number;
  yaml: string;
  action: RuleActions["importRulesAction"];
  onApplied: () => void;
}

function Preview({ preview: { changed, unchanged }, companyId, yaml, action, onApplied }: PreviewProps) {
  const t = useTranslations("ruleScreens");
  const words = useWords("ruleScreens", "rules", "ruleTitles", "units");
  if (changed.length === 0) {
    return <p className="text-sm">{t("noChanges", { count: unchanged })}</p>;
  }
  return (
    <div className="grid gap-3 text-sm">
      <p>{t("willChange", { count: changed.length })}</p>
      <ul aria-label={t("changes")} className="grid gap-2">
        {changed.map(({ rule, title, changes }) => (
          <li key={rule}>
            <span className="font-medium">{words(title)}</span>
            <ul className="text-muted-foreground">
              {changes.map(({ label, before, after }) => (
                <li key={words(label)}>
                  {t("change", { label: words(label), before: words(before), after: words(after) })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <ActionButton
        className="w-fit"
        size="sm"
        action={action}
        hidden={{ companyId, yaml }}
        onDone={onApplied}
        done={(result) => t("rulesChanged", { count: result?.changed.length ?? 0 })}
      >
        {t("apply")}
      </ActionButton>
    </div>
  );
}
