import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { RegisterForm } from "@/components/auth/register-form";
import { Link } from "@/components/ui/link";
import { Texts } from "@/components/ui/texts";
import { currentUser } from "@/lib/server/guards";
import { pageTitle } from "@/lib/server/texts/page-title";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { readSettings } from "@/lib/services/settings/read-settings";
import { registerAction } from "./actions";

export const generateMetadata = pageTitle("register.title");

export default async function RegisterPage() {
  const settings = await readSettings();
  if (!settings.allowRegistration) notFound();
  if (await currentUser()) redirect("/");
  const t = await getTranslations("register");
  const signIn = (
    <Link href="/login" className="underline underline-offset-4">
      {t("signIn")}
    </Link>
  );
  return (
    <Texts of={["newPassword", "passwordRules", "register"]}>
      <AuthCard title={t("title")} description={t("description")} footer={signIn}>
        <RegisterForm action={registerAction} policy={passwordPolicyOf(settings)} />
      </AuthCard>
    </Texts>
  );
}
