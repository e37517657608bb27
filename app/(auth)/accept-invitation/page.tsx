import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { currentUser } from "@/lib/server/guards";
import { openLink } from "@/lib/server/auth/open-link";
import { findLinkOwner } from "@/lib/services/passwords/password-link";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { readSettings } from "@/lib/services/settings/read-settings";
import { acceptInvitationAction } from "./actions";

export const metadata: Metadata = { title: "Choose your password", referrer: "no-referrer" };

/** The same whether a link was used, replaced or revoked, has expired or never was. */
const OVER =
  "It was used, replaced or has expired. If you chose a password with it, sign in. If not, ask your administrator to invite you again.";

export default async function AcceptInvitationPage({ searchParams }: PageProps<"/accept-invitation">) {
  const link = await openLink(searchParams, (token) => findLinkOwner("invitation", token));
  if (!link) return <DeadLink description={OVER} />;
  const { username, email } = link.found;
  const viewer = await currentUser();
  return (
    <AuthCard
      title="Choose your password"
      description={`Welcome to WinAuthMon. Sign in as ${username} or ${email} afterwards. This link works once.`}
      footer={
        viewer &&
        `You are signed in as ${viewer.session.username} in this browser. To sign in as ${username}, sign out first.`
      }
    >
      <ResetPasswordForm
        action={acceptInvitationAction}
        token={link.token}
        policy={passwordPolicyOf(await readSettings())}
        owner={{ username, email }}
      />
    </AuthCard>
  );
}
