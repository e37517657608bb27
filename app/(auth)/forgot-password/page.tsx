import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { ForgotPasswordForm } from "@/components/auth/forgot-password-form";
import { Link } from "@/components/ui/link";
import { currentUser } from "@/lib/server/guards";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { requestPasswordResetAction } from "./actions";

export const metadata: Metadata = { title: "Can't sign in?" };

export default async function ForgotPasswordPage() {
  if (!canMailPersons()) notFound();
  if (await currentUser()) redirect("/");
  const footer = (
    <Link href="/login" className="underline underline-offset-4">
      Back to sign-in
    </Link>
  );
  return (
    <AuthCard
      title="Can't sign in?"
      description="Enter the email address of your account. We'll send you a link to choose a new password."
      footer={footer}
    >
      <ForgotPasswordForm action={requestPasswordResetAction} />
    </AuthCard>
  );
}
