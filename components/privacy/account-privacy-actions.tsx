"use client";

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
  return (
    <div className="flex flex-wrap gap-2">
      {(["json", "csv"] as const).map((format) => (
        <Button key={format} asChild variant="outline" size="sm">
          <a
            href={`/${companyId}/privacy/export?account=${accountId}&format=${format}`}
            download
            aria-label={`Export ${name} as ${format.toUpperCase()}`}
          >
            {format.toUpperCase()}
          </a>
        </Button>
      ))}
      {!isErased && (
        <DialogButton
          label="Erase"
          title={`Erase ${name}`}
          description={
            <div className="grid gap-2">
              <p>
                The name is replaced for ever. The events stay and count, but no longer tell whose they are.
                It cannot be undone.
              </p>
              <p>
                Whoever goes on working under this name appears as a new account from then on. Backups and the
                audit trail hold the old name until they are too old themselves.
              </p>
            </div>
          }
          action={eraseAction}
          hidden={{ companyId, accountId }}
          submitLabel="Erase account"
          isDestructive
          done="The account is erased."
        >
          {(errors) => <ConfirmName name={name} errors={errors} />}
        </DialogButton>
      )}
    </div>
  );
}
