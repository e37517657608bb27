"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FormAction } from "@/lib/domain/form-result";

interface SecondStepFormProps {
  action: FormAction;
  cancelAction: (form: FormData) => void | Promise<void>;
  /** A path of this site, already checked. */
  returnPath: string;
}

export function SecondStepForm({ action, cancelAction, returnPath }: SecondStepFormProps) {
  const t = useTranslations("secondFactor");
  const [state, submit, isPending] = useServerAction(action);
  const [isRecovery, setIsRecovery] = useState(false);
  return (
    <div className="grid gap-3">
      <Form state={state} action={submit}>
        <FormMessage state={state} />
        <input type="hidden" name="next" value={returnPath} />
        {/* The other kind of code begins with an empty field that has the focus. */}
        <Field
          key={String(isRecovery)}
          label={isRecovery ? t("recoveryCode") : t("code")}
          description={isRecovery ? t("recoveryCodeNote") : undefined}
          error={state.fieldErrors?.code}
        >
          {(control) => (
            <Input
              {...control}
              name="code"
              className="font-mono tracking-wider"
              autoComplete={isRecovery ? "off" : "one-time-code"}
              inputMode={isRecovery ? "text" : "numeric"}
              autoCapitalize="characters"
              spellCheck={false}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has one purpose and one field
              autoFocus
            />
          )}
        </Field>
        <Button type="submit" isPending={isPending}>
          {isPending ? t("pending") : t("submit")}
        </Button>
      </Form>
      <Button type="button" variant="ghost" onClick={() => setIsRecovery((shown) => !shown)}>
        {isRecovery ? t("useApp") : t("useRecoveryCode")}
      </Button>
      <Form action={cancelAction}>
        <Button type="submit" variant="ghost">
          {t("otherAccount")}
        </Button>
      </Form>
    </div>
  );
}
