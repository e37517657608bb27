import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { Texts } from "@/components/ui/texts";
import { currentUser } from "@/lib/server/guards";
import { openLink } from "@/lib/server/auth/open-link";
import { pageTitle } from "@/lib/server/texts/page-title";
import { findLinkOwner } from "@/lib/services/passwords/password-link";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { readSettings } from "@/lib/services/settings/read-settings";
import { acceptInvitationAction } from "./actions";

export const generateMetadata = pageTitle("acceptInvitation.title", { referrer: "no-referrer" });

export default async function AcceptInvitationPage({ searchParams }: PageProps<"/accept-invitation">) {
  const link = await openLink(searchParams, (token) => findLinkOwner("invitation", token));
  // The same whether a link was used, replaced or revoked, has expired or never was.
  if (!link) return <DeadLink reason="invitation" />;
  const { username, email } = link.found;
  const viewer = await currentUser();
  const t = await getTranslations("acceptInvitation");
  return (
    <Texts of={["newPassword", "passwordRules", "choosePassword"]}>
      <AuthCard
        title={t("title")}
        description={t("description", { username, email })}
        footer={viewer && t("signedInAs", { viewer: viewer.session.username, username })}
      >
        <ResetPasswordForm
          action={acceptInvitationAction}
          token={link.token}
          policy={passwordPolicyOf(await readSettings())}
          owner={{ username, email }}
        />
      </AuthCard>
    </Texts>
  );
}
