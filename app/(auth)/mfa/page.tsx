import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { SecondStepForm } from "@/components/auth/second-step-form";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { awaitsSecondStep } from "@/lib/server/auth/sign-in-steps";
import { cancelSecondStepAction, secondStepAction } from "./actions";

export const metadata: Metadata = { title: "Second step" };

export default async function SecondStepPage({ searchParams }: PageProps<"/mfa">) {
  const { next } = await searchParams;
  if (!(await awaitsSecondStep())) redirect("/login");
  return (
    <AuthCard
      title="Second step"
      description="Enter the six digits your authenticator app shows for WinAuthMon."
      footer="No phone and no recovery code? An administrator can reset your second step."
    >
      <SecondStepForm
        action={secondStepAction}
        cancelAction={cancelSecondStepAction}
        returnPath={safeReturnPath(typeof next === "string" ? next : null)}
      />
    </AuthCard>
  );
}
