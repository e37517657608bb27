import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { ConfirmRegistrationForm } from "@/components/auth/confirm-registration-form";
import { Texts } from "@/components/ui/texts";
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
    <Texts of={["confirmRegistration"]}>
      <AuthCard title={t("title")} description={t("description", { username, email })}>
        <ConfirmRegistrationForm action={confirmRegistrationAction} token={link.token} username={username} />
      </AuthCard>
    </Texts>
  );
}
