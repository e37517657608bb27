import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { ChangePasswordForm } from "@/components/auth/change-password-form";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { requireUser } from "@/lib/server/guards";
import { signOutAction } from "@/lib/server/auth/sign-out";
import { readSettings } from "@/lib/services/settings/read-settings";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { changePasswordAction } from "./actions";

export const metadata: Metadata = { title: "Change password" };

export default async function ChangePasswordPage({ searchParams }: PageProps<"/change-password">) {
  const { next } = await searchParams;
  const { session } = await requireUser({ allowPending: "change-password" });
  const policy = passwordPolicyOf(await readSettings());
  const description = session.mustChangePassword
    ? "This account still has a password that others may know. Choose your own before anything else opens."
    : "Your other sessions end when the password changes.";
  return (
    <AuthCard title="Choose a new password" description={description}>
      <ChangePasswordForm
        action={changePasswordAction}
        signOutAction={signOutAction}
        returnPath={safeReturnPath(typeof next === "string" ? next : null)}
        policy={policy}
        owner={{ username: session.username, email: session.email }}
      />
    </AuthCard>
  );
}
