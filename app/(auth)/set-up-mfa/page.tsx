import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { MfaSetUp } from "@/components/auth/mfa-set-up";
import { StepUp } from "@/components/forms/step-up";
import { Form } from "@/components/forms/form";
import { Button } from "@/components/ui/button";
import { confirmMfaAction } from "@/lib/server/auth/own-mfa-actions";
import { proveAction } from "@/lib/server/auth/prove-action";
import { signOutAction } from "@/lib/server/auth/sign-out";
import { requireUser } from "@/lib/server/guards";
import { offerMfa } from "@/lib/services/mfa/own-mfa";

export const metadata: Metadata = { title: "Set up a second step" };

export default async function SetUpMfaPage() {
  const { session } = await requireUser({ allowPending: "set-up-mfa" });
  const description =
    session.pending === "set-up-mfa"
      ? "Your administrator requires a second step. Set it up before anything else opens."
      : "From now on signing in asks for a code from your phone as well.";
  return (
    <AuthCard
      title={session.mfaEnabled ? "Set up a new authenticator app" : "Set up a second step"}
      description={description}
    >
      <MfaSetUp action={confirmMfaAction} isReplacement={session.mfaEnabled} {...await offerMfa(session)} />
      <Form action={signOutAction} className="mt-3">
        <Button type="submit" variant="ghost">
          Sign out
        </Button>
      </Form>
      <StepUp action={proveAction} />
    </AuthCard>
  );
}
