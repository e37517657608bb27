import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { SignInForm } from "@/components/auth/sign-in-form";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { currentUser } from "@/lib/server/guards";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const { next } = await searchParams;
  const returnPath = safeReturnPath(typeof next === "string" ? next : null);
  if (await currentUser()) redirect(returnPath);
  return (
    <AuthCard title="Sign in" footer="No account, or no way in? Ask your administrator.">
      <SignInForm action={signInAction} returnPath={returnPath} />
    </AuthCard>
  );
}
