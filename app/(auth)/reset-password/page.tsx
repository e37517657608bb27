import type { Metadata } from "next";
import { headers } from "next/headers";
import { Link } from "@/components/ui/link";
import { AuthCard } from "@/components/auth/auth-card";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { Button } from "@/components/ui/button";
import { clientAddressOf } from "@/lib/server/client-address";
import { isWithinLimits } from "@/lib/server/rate-limit/limiter";
import { findResetOwner } from "@/lib/services/passwords/password-reset-link";
import { passwordPolicyOf } from "@/lib/services/settings/password-policy";
import { readSettings } from "@/lib/services/settings/read-settings";
import { resetPasswordAction } from "./actions";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const { token } = await searchParams;
  const address = clientAddressOf(await headers());
  const isAllowed = await isWithinLimits([["reset-address", { address }]]);
  const owner = isAllowed && typeof token === "string" ? await findResetOwner(token) : null;
  if (!owner || typeof token !== "string") {
    return (
      <AuthCard title="This link does not work" description="It was used or has expired. Ask for a new one.">
        <Button asChild variant="outline" className="w-full">
          <Link href="/login">Go to the sign-in page</Link>
        </Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Choose a new password" description={`For ${owner.username}. This link works once.`}>
      <ResetPasswordForm
        action={resetPasswordAction}
        token={token}
        policy={passwordPolicyOf(await readSettings())}
        owner={{ username: owner.username, email: owner.email }}
      />
    </AuthCard>
  );
}
