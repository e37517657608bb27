import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { ChangePasswordForm } from "@/components/auth/change-password-form";
import { Texts } from "@/components/ui/texts";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { requireUser } from "@/lib/server/guards";
import { signOutAction } from "@/lib/server/auth/sign-out";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readSettings } from "@/lib/services/settings/read-settings";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { changePasswordAction } from "./actions";

export const generateMetadata = pageTitle("changePassword.title");

export default async function ChangePasswordPage({ searchParams }: PageProps<"/change-password">) {
  const { next } = await searchParams;
  const { session } = await requireUser({ allowPending: "change-password" });
  const policy = passwordPolicyOf(await readSettings());
  const t = await getTranslations("changePassword");
  const description = session.mustChangePassword ? t("required") : t("description");
  return (
    <Texts of={["changePassword", "newPassword", "passwordRules"]}>
      <AuthCard title={t("heading")} description={description}>
        <ChangePasswordForm
          action={changePasswordAction}
          signOutAction={signOutAction}
          returnPath={safeReturnPath(typeof next === "string" ? next : null)}
          policy={policy}
          owner={{ username: session.username, email: session.email }}
        />
      </AuthCard>
    </Texts>
  );
}
