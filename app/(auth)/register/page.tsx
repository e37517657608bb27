import type { Metadata } from "next";
import { Link } from "@/components/ui/link";
import { notFound, redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { RegisterForm } from "@/components/auth/register-form";
import { currentUser } from "@/lib/server/guards";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { readSettings } from "@/lib/services/settings/read-settings";
import { registerAction } from "./actions";

export const metadata: Metadata = { title: "Register" };

export default async function RegisterPage() {
  const settings = await readSettings();
  if (!settings.allowRegistration) notFound();
  if (await currentUser()) redirect("/");
  const signIn = (
    <Link href="/login" className="underline underline-offset-4">
      Sign in instead
    </Link>
  );
  return (
    <AuthCard
      title="Register"
      description="An administrator activates your account before it works."
      footer={signIn}
    >
      <RegisterForm action={registerAction} policy={passwordPolicyOf(settings)} />
    </AuthCard>
  );
}
