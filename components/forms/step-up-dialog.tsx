"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { Form } from "./form";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { ProofRequest } from "@/lib/domain/step-up";
import { FormMessage } from "./form-message";
import { useAnswered } from "./use-server-action";
import type { FormAction, FormResult } from "@/lib/domain/form-result";

interface StepUpDialogProps {
  action: FormAction;
  /** Null: closed. */
  request: ProofRequest | null;
  onClose: (isProved: boolean) => void;
}

/** Drawn by StepUp. */
export function StepUpDialog({ action, request, onClose }: StepUpDialogProps) {
  return (
    <Dialog open={request !== null} onOpenChange={(isOpen) => !isOpen && onClose(false)}>
      {request && (
        <DialogContent>
          <ProofForm action={action} request={request} onClose={onClose} />
        </DialogContent>
      )}
    </Dialog>
  );
}

interface ProofFormProps extends StepUpDialogProps {
  request: ProofRequest;
}

function ProofForm({ action, request, onClose }: ProofFormProps) {
  const t = useTranslations("forms");
  const answered = useAnswered();
  const [state, setState] = useState<FormResult>({ status: "idle" });
  // No transition: the form that waits is in one, and React ends all of them together.
  const [isPending, setIsPending] = useState(false);
  const [isByCode, setIsByCode] = useState(false);
  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    // The form that waits may be around this one in React's tree, though not on the page.
    event.stopPropagation();
    if (isPending) return;
    setIsPending(true);
    const next = await answered(action)({ status: "idle" }, new FormData(event.currentTarget));
    if (next.status === "done") return onClose(true);
    setState(next);
    setIsPending(false);
  }
  return (
    <>
      <DialogHeader>
        <DialogTitle>{t("proofTitle")}</DialogTitle>
        <DialogDescription>
          {request.hasCode ? t("proofPasswordOrCode") : t("proofPassword")}
        </DialogDescription>
      </DialogHeader>
      <Form state={state} onSubmit={onSubmit}>
        <FormMessage state={state} />
        <input type="text" name="username" value={request.username} autoComplete="username" readOnly hidden />
        {isByCode ? (
          <CodeField error={state.fieldErrors?.code} />
        ) : (
          <PasswordField error={state.fieldErrors?.password} />
        )}
        {request.hasCode && (
          <Button variant="link" size="sm" className="w-fit px-0" onClick={() => setIsByCode(!isByCode)}>
            {isByCode ? t("usePassword") : t("useCode")}
          </Button>
        )}
        <DialogFooter>
          <Button variant="outline" onClick={() => onClose(false)}>
            {t("cancel")}
          </Button>
          <Button type="submit" isPending={isPending}>
            {t("confirm")}
          </Button>
        </DialogFooter>
      </Form>
    </>
  );
}

// Ids of their own: the form that waits may have a field of the same name.
function PasswordField({ error }: { error: string | undefined }) {
  const t = useTranslations("forms");
  return (
    <Field label={t("password")} error={error} isRequired>
      {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
    </Field>
  );
}

function CodeField({ error }: { error: string | undefined }) {
  const t = useTranslations("forms");
  return (
    <Field label={t("code")} description={t("codeNote")} error={error} isRequired>
      {(control) => (
        <Input {...control} name="code" className="font-mono tracking-wider" autoComplete="one-time-code" />
      )}
    </Field>
  );
}
