import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { openLink } from "@/lib/server/auth/open-link";
import { findLinkOwner } from "@/lib/services/passwords/password-link";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { readSettings } from "@/lib/services/settings/read-settings";
import { resetPasswordAction } from "./actions";

export const metadata: Metadata = { title: "Choose a new password", referrer: "no-referrer" };

export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const link = await openLink(searchParams, (token) => findLinkOwner("password-reset", token));
  if (!link) return <DeadLink description="It was used or has expired. Ask for a new one." />;
  const { username, email } = link.found;
  return (
    <AuthCard title="Choose a new password" description={`For ${username}. This link works once.`}>
      <ResetPasswordForm
        action={resetPasswordAction}
        token={link.token}
        policy={passwordPolicyOf(await readSettings())}
        owner={{ username, email }}
      />
    </AuthCard>
  );
}
