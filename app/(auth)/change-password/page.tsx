import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { ChangePasswordForm } from "@/components/auth/change-password-form";
import { requireUser } from "@/lib/server/guards";
import { signOutAction } from "@/lib/server/auth/sign-out";
import { readSettings } from "@/lib/services/settings/read-settings";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { changePasswordAction } from "./actions";

export const metadata: Metadata = { title: "Change password" };

export default async function ChangePasswordPage() {
  const { session } = await requireUser({ mayOwe: "change-password" });
  const policy = passwordPolicyOf(await readSettings());
  const description = session.mustChangePassword
    ? "This account still has a password that others may know. Choose your own before anything else opens."
    : "Your other sessions end when the password changes.";
  return (
    <AuthCard title="Choose a new password" description={description}>
      <ChangePasswordForm
        action={changePasswordAction}
        signOutAction={signOutAction}
        policy={policy}
        owner={{ username: session.username, email: session.email }}
      />
    </AuthCard>
  );
}
