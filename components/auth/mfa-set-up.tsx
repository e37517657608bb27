"use client";

import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import { Link } from "@/components/ui/link";
import { useActionState, useState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { withProof } from "@/components/forms/with-proof";
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
  /** The second step is on already and moves to a new app. */
  isReplacement: boolean;
}

/** The first offer is kept until the page is loaded again: the app must hold what is confirmed. */
export function MfaSetUp({ action, isReplacement, ...given }: MfaSetUpProps) {
  const [{ secret, qrCode, offer }] = useState(given);
  const [state, submit, isPending] = useActionState(withProof(action), { status: "idle" });
  if (state.result) {
    return (
      <div className="grid gap-4">
        <Alert variant="success" role="alert">
          <AlertDescription>The second step is on.</AlertDescription>
        </Alert>
        <RecoveryCodes codes={state.result} />
        <Button asChild>
          <Link href="/">I have kept the codes</Link>
        </Button>
      </div>
    );
  }
  return (
    <Form state={state} action={submit}>
      <FormMessage state={state} />
      <p className="text-sm text-muted-foreground">
        Scan this with an authenticator app, or type the secret into it.
      </p>
      {/* oxlint-disable-next-line nextjs/no-img-element -- a data: address, which the image service cannot serve */}
      <img
        src={qrCode}
        alt="QR code of the secret below"
        width={192}
        height={192}
        className="mx-auto rounded-md bg-white"
      />
      <div>
        <p className="text-sm font-medium">Secret</p>
        <p data-testid="mfa-secret" className="font-mono text-sm break-all">
          {secret.match(/.{1,4}/g)?.join(" ")}
        </p>
      </div>
      <input type="hidden" name="offer" value={offer} />
      <Field name="code" label="Code from the app" error={state.fieldErrors?.code}>
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
          name="currentCode"
          label="Code from your present app"
          description="Or one of your recovery codes."
          error={state.fieldErrors?.currentCode}
        >
          {(control) => (
            <Input {...control} name="currentCode" className="font-mono tracking-wider" autoComplete="off" />
          )}
        </Field>
      )}
      <Button type="submit" isPending={isPending}>
        {isPending ? "Checking…" : "Switch on"}
      </Button>
    </Form>
  );
}
