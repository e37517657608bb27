import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { ForgotPasswordForm } from "@/components/auth/forgot-password-form";
import { Link } from "@/components/ui/link";
import { Texts } from "@/components/ui/texts";
import { currentUser } from "@/lib/server/guards";
import { pageTitle } from "@/lib/server/texts/page-title";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { requestPasswordResetAction } from "./actions";

export const generateMetadata = pageTitle("forgotPassword.title");

export default async function ForgotPasswordPage() {
  if (!canMailPersons()) notFound();
  if (await currentUser()) redirect("/");
  const t = await getTranslations("forgotPassword");
  const footer = (
    <Link href="/login" className="underline underline-offset-4">
      {t("back")}
    </Link>
  );
  return (
    <Texts of={["forgotPassword"]}>
      <AuthCard title={t("title")} description={t("description")} footer={footer}>
        <ForgotPasswordForm action={requestPasswordResetAction} />
      </AuthCard>
    </Texts>
  );
}
