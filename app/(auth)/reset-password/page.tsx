import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { Texts } from "@/components/ui/texts";
import { openLink } from "@/lib/server/auth/open-link";
import { pageTitle } from "@/lib/server/texts/page-title";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { findLinkOwner } from "@/lib/services/passwords/password-link";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { readSettings } from "@/lib/services/settings/read-settings";
import { resetPasswordAction } from "./actions";

export const generateMetadata = pageTitle("choosePassword.title", { referrer: "no-referrer" });

export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const link = await openLink(searchParams, (token) => findLinkOwner("password-reset", token));
  if (!link) return <DeadLink reason={canMailPersons() ? "reset" : "resetByAdmin"} />;
  const { username, email } = link.found;
  const t = await getTranslations("choosePassword");
  return (
    <Texts of={["newPassword", "passwordRules", "choosePassword"]}>
      <AuthCard title={t("title")} description={t("description", { username })}>
        <ResetPasswordForm
          action={resetPasswordAction}
          token={link.token}
          policy={passwordPolicyOf(await readSettings())}
          owner={{ username, email }}
        />
      </AuthCard>
    </Texts>
  );
}
