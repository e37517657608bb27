import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { LinkForm } from "@/components/auth/link-form";
import { openLink } from "@/lib/server/auth/open-link";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readRegistration } from "@/lib/services/registration/confirm-registration";
import { confirmRegistrationAction } from "./actions";

export const generateMetadata = pageTitle("confirmRegistration.title", { referrer: "no-referrer" });

export default async function ConfirmRegistrationPage({ searchParams }: PageProps<"/confirm-registration">) {
  const link = await openLink(searchParams, readRegistration);
  if (!link) return <DeadLink reason="registration" />;
  const { username, email } = link.found;
  const t = await getTranslations("confirmRegistration");
  return (
    <AuthCard title={t("title")} description={t("description", { username, email })}>
      <LinkForm
        action={confirmRegistrationAction}
        token={link.token}
        label={t("submit")}
        pendingLabel={t("pending")}
      />
    </AuthCard>
  );
}
