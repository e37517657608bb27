import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { SecondStepForm } from "@/components/auth/second-step-form";
import { Texts } from "@/components/ui/texts";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { awaitsSecondStep } from "@/lib/server/auth/sign-in-steps";
import { pageTitle } from "@/lib/server/texts/page-title";
import { cancelSecondStepAction, secondStepAction } from "./actions";

export const generateMetadata = pageTitle("secondFactor.title");

export default async function SecondStepPage({ searchParams }: PageProps<"/mfa">) {
  const { next } = await searchParams;
  if (!(await awaitsSecondStep())) redirect("/login");
  const t = await getTranslations("secondFactor");
  return (
    <Texts of={["secondFactor"]}>
      <AuthCard title={t("title")} description={t("description")} footer={t("help")}>
        <SecondStepForm
          action={secondStepAction}
          cancelAction={cancelSecondStepAction}
          returnPath={safeReturnPath(typeof next === "string" ? next : null)}
        />
      </AuthCard>
    </Texts>
  );
}
