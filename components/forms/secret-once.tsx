"use client";

import { useTranslations } from "next-intl";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";

/** A key or password that is shown this once, to be copied. A dialog around it closes by its buttons only. */
export function SecretOnce({ label, secret, note }: { label: string; secret: string; note: string }) {
  const t = useTranslations("forms");
  return (
    <Alert data-shown-once="">
      <AlertDescription>
        <p>{label}</p>
        <p className="flex items-center gap-1">
          <code className="min-w-0 font-mono text-sm break-all text-foreground">{secret}</code>
          <CopyButton value={secret} label={t("copySecret", { label })} />
        </p>
        <p>{note}</p>
      </AlertDescription>
    </Alert>
  );
}
