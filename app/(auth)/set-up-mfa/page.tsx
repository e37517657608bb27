import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { MfaSetUp } from "@/components/auth/mfa-set-up";
import { Form } from "@/components/forms/form";
import { StepUp } from "@/components/forms/step-up";
import { Button } from "@/components/ui/button";
import { Texts } from "@/components/ui/texts";
import { confirmMfaAction } from "@/lib/server/auth/own-mfa-actions";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { proveAction } from "@/lib/server/auth/prove-action";
import { signOutAction } from "@/lib/server/auth/sign-out";
import { requireUser } from "@/lib/server/guards";
import { pageTitle } from "@/lib/server/texts/page-title";
import { offerMfa } from "@/lib/services/mfa/own-mfa";

export const generateMetadata = pageTitle("setUpTwoFactor.title");

export default async function SetUpMfaPage({ searchParams }: PageProps<"/set-up-mfa">) {
  const { next } = await searchParams;
  const { session } = await requireUser({ allowPending: "set-up-mfa" });
  const t = await getTranslations("setUpTwoFactor");
  return (
    <Texts of={["setUpTwoFactor"]}>
      <AuthCard
        title={session.mfaEnabled ? t("titleReplace") : t("title")}
        description={session.pending === "set-up-mfa" ? t("required") : t("description")}
      >
        <MfaSetUp
          action={confirmMfaAction}
          isReplacement={session.mfaEnabled}
          returnPath={safeReturnPath(typeof next === "string" ? next : null)}
          {...await offerMfa(session)}
        />
        <Form action={signOutAction} className="mt-3">
          <Button type="submit" variant="ghost">
            {t("signOut")}
          </Button>
        </Form>
        <StepUp action={proveAction} />
      </AuthCard>
    </Texts>
  );
}
