"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { useState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/link-button";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FormAction } from "@/lib/domain/form-result";
import { RecoveryCodes } from "@/components/ui/recovery-codes";

interface MfaSetUpProps {
  action: FormAction<string[]>;
  secret: string;
  qrCode: string;
  offer: string;
  /** Two-factor authentication is on already and moves to a new app. */
  isReplacement: boolean;
  /** Where the last step leads. */
  returnPath: string;
}

/** The first offer is kept until the page is loaded again: the app must hold what is confirmed. */
export function MfaSetUp({ action, isReplacement, returnPath, ...given }: MfaSetUpProps) {
  const t = useTranslations("setUpTwoFactor");
  const [{ secret, qrCode, offer }] = useState(given);
  const [state, submit, isPending] = useServerAction(action);
  if (state.result) {
    return (
      <div className="grid gap-4">
        <Alert variant="success" role="alert">
          <AlertDescription>{t("done")}</AlertDescription>
        </Alert>
        <RecoveryCodes codes={state.result} />
        <LinkButton href={returnPath} variant="default">
          {t("finish")}
        </LinkButton>
      </div>
    );
  }
  return (
    <Form state={state} action={submit}>
      <FormMessage state={state} />
      <p className="text-sm text-muted-foreground">{t("scan")}</p>
      {/* oxlint-disable-next-line nextjs/no-img-element -- a data: address, which the image service cannot serve */}
      <img src={qrCode} alt={t("qrCode")} width={192} height={192} className="mx-auto rounded-md bg-white" />
      <div>
        <p className="text-sm font-medium">{t("secret")}</p>
        <p data-testid="mfa-secret" className="font-mono text-sm break-all">
          {secret.match(/.{1,4}/g)?.join(" ")}
        </p>
      </div>
      <input type="hidden" name="offer" value={offer} />
      <Field label={t("code")} error={state.fieldErrors?.code}>
        {(control) => (
          <Input
            {...control}
            name="code"
            className="font-mono tracking-wider"
            inputMode="numeric"
            autoComplete="one-time-code"
          />
        )}
      </Field>
      {isReplacement && (
        <Field
          label={t("currentCode")}
          description={t("currentCodeNote")}
          error={state.fieldErrors?.currentCode}
        >
          {(control) => (
            <Input {...control} name="currentCode" className="font-mono tracking-wider" autoComplete="off" />
          )}
        </Field>
      )}
      <Button type="submit" isPending={isPending}>
        {isPending ? t("pending") : t("submit")}
      </Button>
    </Form>
  );
}
