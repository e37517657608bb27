"use client";

import { useTranslations } from "next-intl";
import { ExportLink } from "@/components/exports/export-link";
import { ConfirmName } from "@/components/forms/confirm-name";
import { DialogButton } from "@/components/forms/dialog-button";
import type { FormAction } from "@/lib/domain/form-result";
import { Button } from "@/components/ui/button";

interface AccountPrivacyActionsProps {
  companyId: number;
  accountId: number;
  name: string;
  isErased: boolean;
  eraseAction: FormAction<{ accountId: number }>;
}

/** Downloads of what is held about an account, and its erasure. For those who may manage the company's privacy. */
export function AccountPrivacyActions({
  companyId,
  accountId,
  name,
  isErased,
  eraseAction,
}: AccountPrivacyActionsProps) {
  const t = useTranslations("privacyRequests");
  return (
    <div className="flex flex-wrap gap-2">
      {(["json", "csv"] as const).map((format) => (
        <Button key={format} asChild variant="outline" size="sm">
          <ExportLink
            href={`/${companyId}/privacy/export?account=${accountId}&format=${format}`}
            format={format.toUpperCase()}
            aria-label={t("exportAs", { name, format: format.toUpperCase() })}
          >
            {format.toUpperCase()}
          </ExportLink>
        </Button>
      ))}
      {!isErased && (
        <DialogButton
          label={t("erase")}
          title={t("eraseTitle", { name })}
          description={
            <div className="grid gap-2">
              <p>{t("eraseNote")}</p>
              <p>{t("eraseRemoved")}</p>
              <p>{t("eraseKept")}</p>
              <p>{t("eraseLater")}</p>
            </div>
          }
          action={eraseAction}
          hidden={{ companyId, accountId }}
          submitLabel={t("eraseAccount")}
          isDestructive
          done={t("accountErased")}
        >
          {(errors) => <ConfirmName name={name} errors={errors} />}
        </DialogButton>
      )}
    </div>
  );
}
