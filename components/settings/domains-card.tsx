"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { TextField } from "@/components/forms/fields";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import type { FormAction } from "@/lib/domain/form-result";
import { useFormAction } from "@/components/forms/use-form-action";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";

interface DomainsCardProps {
  domains: readonly { id: number; domain: string }[];
  /** Whether registration is open and held to these domains. */
  isRestricted: boolean;
  addAction: FormAction<{ domain: string }>;
  removeAction: FormAction<{ domain: string }>;
}

/** The email domains that may register. */
export function DomainsCard({ domains, isRestricted, addAction, removeAction }: DomainsCardProps) {
  const t = useTranslations("settings");
  const { state, isPending, onSubmit } = useFormAction(
    addAction,
    {},
    {
      done: (result) => t("domainAllowed", { domain: result?.domain ?? t("domain") }),
      isEmptied: true,
    },
  );
  return (
    <TitledCard title={t("domains")} description={t("domainsNote")} contentClassName="grid gap-4">
      {isRestricted && domains.length === 0 && (
        <Alert variant="warning">
          <TriangleAlert aria-hidden />
          <AlertDescription>{t("noDomains")}</AlertDescription>
        </Alert>
      )}
      <Form state={state} onSubmit={onSubmit} className="gap-3">
        {!state.fieldErrors?.domain && <FormMessage state={state} />}
        <TextField
          name="domain"
          label={t("domain")}
          placeholder="example.com"
          errors={state.fieldErrors ?? {}}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button type="submit" variant="outline" isPending={isPending} className="justify-self-start">
          {t("allowDomain")}
        </Button>
      </Form>
      {domains.length > 0 && (
        <ul aria-label={t("allowedDomains")} className="grid">
          {domains.map(({ id, domain }) => (
            <li key={id} className="flex items-center justify-between gap-2 border-t py-1.5 text-sm">
              <span className="min-w-0 wrap-anywhere">{domain}</span>
              <DialogButton
                variant="ghost"
                label={t("remove")}
                name={t("removeDomain", { domain })}
                title={t("removeDomain", { domain })}
                description={t("removeDomainNote")}
                action={removeAction}
                hidden={{ domainId: id }}
                isDestructive
                done={t("domainRemoved", { domain })}
              />
            </li>
          ))}
        </ul>
      )}
    </TitledCard>
  );
}
