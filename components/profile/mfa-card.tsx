"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RecoveryCodes } from "@/components/ui/recovery-codes";
import type { FormAction, FormResult } from "@/lib/domain/form-result";

interface MfaCardProps {
  isEnabled: boolean;
  isRequired: boolean;
  codesLeft: number;
  disableAction: FormAction<void>;
  renewAction: FormAction<string[]>;
}

export function MfaCard({ isEnabled, isRequired, codesLeft, disableAction, renewAction }: MfaCardProps) {
  const t = useTranslations("profile");
  return (
    <TitledCard
      title={
        <>
          {t("twoFactor")} <Badge variant="outline">{isEnabled ? t("on") : t("off")}</Badge>
        </>
      }
      contentClassName="grid gap-4"
    >
      <p className="text-sm text-muted-foreground">
        {isEnabled ? t("twoFactorOn", { count: codesLeft }) : t("twoFactorOff")}
      </p>
      <LinkButton href="/set-up-mfa" className="w-fit">
        {isEnabled ? t("newApp") : t("setUp")}
      </LinkButton>
      {isEnabled && <RenewCodes action={renewAction} />}
      {isEnabled && !isRequired && <Disable action={disableAction} />}
      {isEnabled && isRequired && <p className="text-sm text-muted-foreground">{t("twoFactorRequired")}</p>}
    </TitledCard>
  );
}

function RenewCodes({ action }: { action: FormAction<string[]> }) {
  const t = useTranslations("profile");
  const [state, submit, isPending] = useServerAction(action);
  if (state.result) return <RecoveryCodes codes={state.result} />;
  return (
    <CodeForm label={t("renewLabel")} state={state} submit={submit}>
      <Button type="submit" variant="outline" isPending={isPending}>
        {t("renew")}
      </Button>
    </CodeForm>
  );
}

function Disable({ action }: { action: FormAction<void> }) {
  const t = useTranslations("profile");
  const [state, submit, isPending] = useServerAction(action);
  return (
    <CodeForm label={t("turnOffLabel")} state={state} submit={submit}>
      <Button type="submit" variant="destructive" isPending={isPending}>
        {t("turnOff")}
      </Button>
    </CodeForm>
  );
}

interface CodeFormProps {
  label: string;
  state: FormResult;
  submit: (form: FormData) => void;
  children: React.ReactNode;
}

function CodeForm({ label, state, submit, children }: CodeFormProps) {
  return (
    <Form state={state} action={submit} className="gap-3 border-t pt-4">
      <FormMessage state={state} />
      <Field label={label} error={state.fieldErrors?.code}>
        {(control) => (
          <Input {...control} name="code" className="font-mono tracking-wider" autoComplete="off" />
        )}
      </Field>
      <div>{children}</div>
    </Form>
  );
}
