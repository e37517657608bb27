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
import type { RuleActions } from "./alert-actions";
import { previewedFile, type PreviewedFile } from "./rules-preview";

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
  return (
    <DialogButton
      label={t("import")}
      title={t("importTitle")}
      description={t("importNote")}
      action={previewedFile(actions.previewRulesAction)}
      hidden={{ companyId }}
      submitLabel={t("preview")}
      renderResult={(file, close) => (
        <Preview {...file} companyId={companyId} action={actions.importRulesAction} onApplied={close} />
      )}
    >
      {(errors) => <FileFields errors={errors} />}
    </DialogButton>
  );
}

function FileFields({ errors }: { errors: Record<string, string> }) {
  const t = useTranslations("ruleScreens");
  const area = useRef<HTMLDivElement>(null);
  async function take(chooser: HTMLInputElement): Promise<void> {
    const file = chooser.files?.[0];
    const text = await file?.text();
    const field = area.current?.querySelector("textarea");
    // A large file may be read after the small one that was chosen next.
    if (text !== undefined && field && chooser.files?.[0] === file) field.value = text;
  }
  return (
    <>
      <div className="grid gap-1.5">
        <Label htmlFor="rules-file">{t("file")}</Label>
        <Input
          id="rules-file"
          type="file"
          accept=".yml,.yaml,application/yaml"
          onChange={({ target }) => void take(target)}
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
        />
      </div>
    </>
  );
}

interface PreviewProps extends PreviewedFile {
  companyId: number;
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
