import type { Metadata } from "next";
import { headers } from "next/headers";
import { AuthCard } from "@/components/auth/auth-card";
import { LinkForm } from "@/components/auth/link-form";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { clientAddressOf } from "@/lib/server/client-address";
import { isWithinLimits } from "@/lib/server/rate-limit/limiter";
import { readRegistration } from "@/lib/services/registration/confirm-registration";
import { confirmRegistrationAction } from "./actions";

export const metadata: Metadata = { title: "Confirm your email address", referrer: "no-referrer" };

export default async function ConfirmRegistrationPage({ searchParams }: PageProps<"/confirm-registration">) {
  const { token } = await searchParams;
  const address = clientAddressOf(await headers());
  const isAllowed = await isWithinLimits([["reset-address", { address }]]);
  const found = isAllowed && typeof token === "string" ? await readRegistration(token) : null;
  if (!found || typeof token !== "string") {
    return (
      <AuthCard title="This link does not work" description="It was used or has expired. Register again.">
        <Button asChild variant="outline" className="w-full">
          <Link href="/login">Go to the sign-in page</Link>
        </Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Confirm your email address"
      description={`Register ${found.username} with ${found.email}.`}
    >
      <LinkForm
        action={confirmRegistrationAction}
        token={token}
        label="Confirm address"
        pendingLabel="Confirming…"
      />
    </AuthCard>
  );
}
